/** From the extension host to a view: the whole model, every time something changed. */
export interface ToView<Model> {
  readonly type: 'show';
  readonly model: Model;
}

/** From a view to the extension host: it is ready to draw, or the user wants something. */
export type FromView<Intent> =
  | { readonly type: 'ready' }
  | { readonly type: 'intent'; readonly intent: Intent };
