/** What the steps of the walkthrough wait for: each is true for a moment when something has succeeded, never when it was only tried. */
export const milestones = ['hasProfile', 'hasToken', 'tokenShown', 'bearerInserted'] as const;

export type Milestone = (typeof milestones)[number];

/** The names of our context keys, without `oauthExplorer.` before them; package.json asks for them in its `when` clauses. */
export type ContextKey = Milestone | 'demoServerRunning' | 'flowRunning' | 'markdownWithRequests';
