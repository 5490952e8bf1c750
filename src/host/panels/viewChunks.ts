/** Put in by the build (esbuild.mjs). */
declare const VIEW_CHUNKS: Readonly<Record<string, readonly string[]>>;

/** The files that a view's script imports; none where the code runs without its build, as in the in-host tests. */
export function viewChunks(view: string): readonly string[] {
  return typeof VIEW_CHUNKS === 'undefined' ? [] : (VIEW_CHUNKS[view] ?? []);
}
