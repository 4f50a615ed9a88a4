import { stripControls } from "./strip-controls.ts";

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof STYLES;

/** A piece of a line: bare text, or text in a style. */
export type Piece = string | { style: Style; text: string };

/** Where a command speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  /** one line of the result; silent under `--json` */
  line: (...pieces: Piece[]) => void;
  /** a remark or an error, on standard error */
  note: (...pieces: Piece[]) => void;
  /** a line that the next one replaces; only on a terminal. Null clears it. */
  progress: (text: string | null) => void;
}

interface Stream {
  write: (text: string) => unknown;
  isTTY?: boolean;
}

export interface TerminalOptions {
  stdout: Stream;
  stderr: Stream;
  json: boolean;
  /** `NO_COLOR` was set */
  plain: boolean;
}

const REPAINT_MS = 100;

/** Opens the two streams: colours and progress only where a person looks, and no control character of others ever. */
export function openTerminal({ stdout, stderr, json, plain }: TerminalOptions): Terminal {
  let open = false;
  let paintedAt = 0;
  const clear = (): void => {
    if (open) stderr.write("\r\u001b[2K");
    open = false;
  };
  return {
    line: (...pieces) => {
      if (json) return;
      clear();
      stdout.write(`${render(pieces, stdout.isTTY === true && !plain)}\n`);
    },
    note: (...pieces) => {
      clear();
      stderr.write(`${render(pieces, stderr.isTTY === true && !plain)}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY !== true || json) return;
      if (text === null) return clear();
      if (open && Date.now() - paintedAt < REPAINT_MS) return;
      clear();
      stderr.write(stripControls(text));
      paintedAt = Date.now();
      open = true;
    },
  };
}

function render(pieces: readonly Piece[], coloured: boolean): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return stripControls(piece);
      const text = stripControls(piece.text);
      return coloured ? `\u001b[${STYLES[piece.style]}m${text}\u001b[0m` : text;
    })
    .join("");
}
