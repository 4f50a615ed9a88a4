import type { Piece } from "#components/api-docs/shape-pieces.ts";

/** A type in mono, with its shared shapes as links to where they are spelled out. */
export function Shape({ pieces, label }: { pieces: readonly Piece[]; label: string }) {
  return (
    <pre tabIndex={0} role="group" aria-label={label} className="min-w-0 overflow-x-auto text-13">
      {pieces.map((piece, index) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a key={index} href={`#shape-${piece.shape}`} className="link">
            {piece.shape}
          </a>
        ),
      )}
    </pre>
  );
}
