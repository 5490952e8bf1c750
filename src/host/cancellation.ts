import type * as vscode from 'vscode';

/** Runs `work` with a signal that is aborted when VS Code cancels. */
export async function withSignal<T>(
  cancellation: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancelled = cancellation.onCancellationRequested(() => controller.abort());
  if (cancellation.isCancellationRequested) controller.abort();
  try {
    return await work(controller.signal);
  } finally {
    cancelled.dispose();
  }
}
