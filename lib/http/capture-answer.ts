import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

export interface CapturedAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

interface CaptureOptions {
  /** A longer answer goes out as it comes and is not kept. */
  maxBytes: number;
  /** Called with a copy of each whole answer that goes out with status 200; never for one that broke off. */
  keep: (answer: CapturedAnswer) => void;
  /** Called instead of sending an answer of 500 or more, with what would have gone out; it must answer. */
  replace: (failed: CapturedAnswer) => void;
}

type Call = (...all: unknown[]) => unknown;

/**
 * Watches an answer on its way out: one of 200 is copied, one of 500 or more is held back and handed to `replace`.
 * What compresses wraps around this, so that the copy is what travels.
 */
export function captureAnswer(response: ServerResponse, options: CaptureOptions): void {
  const { writeHead, write, end, flushHeaders } = response;
  const send = { writeHead: writeHead.bind(response) as Call, write: write.bind(response) as Call, end: end.bind(response) as Call, flushHeaders: flushHeaders.bind(response) };
  const copy = new Copy(options.maxBytes);
  let decided = false;
  let failed = false;
  const decide = (): void => {
    if (!decided) response.writeHead(response.statusCode);
  };
  const captured = (): CapturedAnswer => ({ status: response.statusCode, headers: plainHeaders(response), body: copy.bytes() });
  const own = {
    writeHead: (status: number, ...rest: unknown[]) => {
      decided = true;
      failed = status >= 500;
      if (!failed) return send.writeHead(status, ...rest);
      response.statusCode = status;
      setAll(response, rest);
      return response;
    },
    write: (chunk: unknown, encoding?: unknown, callback?: unknown) => {
      decide();
      copy.take(chunk, encoding);
      if (!failed) return send.write(chunk, encoding, callback);
      for (const done of [encoding, callback]) if (typeof done === "function") (done as () => void)();
      return true;
    },
    end: (chunk?: unknown, encoding?: unknown, callback?: unknown) => {
      decide();
      copy.take(chunk, encoding);
      if (failed) {
        Object.assign(response, { writeHead, write, end, flushHeaders });
        options.replace(captured());
        return response;
      }
      if (copy.whole && response.statusCode === 200) options.keep(captured());
      return send.end(chunk, encoding, callback);
    },
    flushHeaders: () => {
      decide();
      if (!failed) send.flushHeaders();
    },
  };
  Object.assign(response, own);
}

class Copy {
  private chunks: Buffer[] = [];
  private size = 0;
  private readonly maxBytes: number;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get whole(): boolean {
    return this.size <= this.maxBytes;
  }

  take(chunk: unknown, encoding: unknown): void {
    if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) return;
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8") : Buffer.from(chunk);
    this.size += bytes.length;
    if (this.whole) this.chunks.push(bytes);
    else this.chunks = [];
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

function setAll(response: ServerResponse, rest: unknown[]): void {
  const headers = rest.find((part) => typeof part === "object" && part !== null && !Array.isArray(part)) as OutgoingHttpHeaders | undefined;
  for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value);
}

function plainHeaders(response: ServerResponse): CapturedAnswer["headers"] {
  return Object.fromEntries(Object.entries(response.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === "number" ? String(value) : value]])));
}
