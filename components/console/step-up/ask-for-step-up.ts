type Ask = () => Promise<boolean>;

let present: Ask | null = null;
let asking: Promise<boolean> | null = null;

/** Makes `ask` the one that puts the question to the person; returns how to end that. */
export function answerStepUpWith(ask: Ask): () => void {
  present = ask;
  return () => {
    if (present === ask) present = null;
  };
}

/** Has the person prove a second factor; true once it is proven. Requests that need it at the same time share one question. */
export function askForStepUp(): Promise<boolean> {
  if (present === null) return Promise.resolve(false);
  asking ??= present().finally(() => (asking = null));
  return asking;
}
