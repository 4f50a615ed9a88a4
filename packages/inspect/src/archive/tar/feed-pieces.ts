/** What a walk wants next: exactly so many bytes, or any piece of at most so many. */
export interface Wanted {
  bytes: number;
  whole: boolean;
}

/** A walk over a stream: it asks by yielding, and gets null where the stream ends before what it asked for. */
export type Walk = Generator<Wanted, void, Buffer | null>;

/** Hands the pieces of a stream to a walk as it asks for them. What follows the end of the walk is dropped. */
export function feedPieces(walk: Walk): { push: (chunk: Buffer) => void; end: () => void } {
  let held: Buffer = Buffer.alloc(0);
  let step = walk.next();
  const push = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (step.done !== true) {
      const { bytes, whole } = step.value;
      if (held.length < (whole ? bytes : Math.min(1, bytes))) return;
      const piece = held.subarray(0, bytes);
      held = held.subarray(piece.length);
      step = walk.next(piece);
    }
    held = Buffer.alloc(0);
  };
  return {
    push,
    end() {
      while (step.done !== true) step = walk.next(null);
    },
  };
}
