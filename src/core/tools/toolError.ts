/** Why a tool did not do what it was asked to: sentences for the model, with what to do next. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
