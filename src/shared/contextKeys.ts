/** What the steps of the walkthrough wait for: each is true for a moment when something has succeeded, never when it was only tried. */
export const milestones = ['hasProfile', 'hasToken', 'tokenShown', 'bearerInserted', 'mcpExplored'] as const;

export type Milestone = (typeof milestones)[number];

/**
 * What there is nothing of, so that the palette does not offer what needs one. Said in the negative: before the extension was
 * activated nothing is known, and then everything is offered.
 */
type Lack = 'noProfile' | 'noFlow' | 'noFailedFlow' | 'noTwoFlows';

/** The names of our context keys, without `oauthExplorer.` before them; package.json asks for them in its `when` clauses. */
export type ContextKey =
  | Milestone
  | Lack
  | 'hasEnvironments'
  | 'erpNet'
  | 'demoServerRunning'
  | 'flowRunning'
  | 'markdownWithRequests';
