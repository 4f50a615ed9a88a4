/** One answer as it left, headers and compressed bytes together: whatever nonce its policy names, its scripts carry. */
export interface KeptAnswer {
  headers: Record<string, string | string[]>;
  body: Buffer;
  at: number;
  /** Number of the feed snapshot that was current; a newer one makes the answer stale. */
  feed: string;
}

const SMALL = 1024;

/** Answers to anonymous readers, by address and encoding: the least recently used leave when `maxBytes` is reached. */
export class AnswerCache {
  private readonly answers = new Map<string, KeptAnswer>();
  private bytes = 0;
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get(key: string): KeptAnswer | undefined {
    const found = this.answers.get(key);
    if (found === undefined) return undefined;
    this.answers.delete(key);
    this.answers.set(key, found);
    return found;
  }

  set(key: string, answer: KeptAnswer): void {
    this.delete(key);
    this.answers.set(key, answer);
    this.bytes += cost(key, answer);
    for (const oldest of this.answers.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.delete(oldest);
    }
  }

  clear(): void {
    this.answers.clear();
    this.bytes = 0;
  }

  delete(key: string): void {
    const found = this.answers.get(key);
    if (found === undefined) return;
    this.answers.delete(key);
    this.bytes -= cost(key, found);
  }
}

function cost(key: string, answer: KeptAnswer): number {
  return key.length + answer.body.length + SMALL;
}
