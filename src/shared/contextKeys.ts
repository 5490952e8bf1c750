/** What the steps of the walkthrough wait for: each is true for a moment when something has succeeded, never when it was only tried. */
export const milestones = ['hasProfile', 'hasToken', 'tokenShown', 'bearerInserted', 'mcpExplored'] as const;

export type Milestone = (typeof milestones)[number];

/** The names of our context keys, without `oauthExplorer.` before them; package.json asks for them in its `when` clauses. */
export const contextKeys = [
  ...milestones,
  // What there is nothing of, so that the palette does not offer what needs one. Said in the negative: before the extension
  // was activated nothing is known, and then everything is offered.
  ...(['noProfile', 'noFlow', 'noEndedFlow', 'noFailedFlow', 'noTwoFlows', 'noEnvironment'] as const),
  // Words of their rows that no profile is called.
  'noneIs' as const,
  ...(['erpNet', 'demoServerRunning', 'markdownWithRequests'] as const),
  ...(['flowRunning', 'awaitsRedirect', 'awaitsCode'] as const),
] as const;

export type ContextKey = (typeof contextKeys)[number];
