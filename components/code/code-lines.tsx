import { highlightLines } from "#components/code/highlight-lines.ts";

/** Code in colours of the theme, without the frame: for inside `pre` and `code`. */
export async function CodeLines({ code, language }: { code: string; language: string | null }) {
  const lines = await highlightLines(code.replace(/\n$/, ""), language);
  return lines.map((line, index) => (
    <span key={index}>
      {line.map((piece, place) => (piece.ink === null ? piece.text : <span key={place} className={piece.ink}>{piece.text}</span>))}
      {index < lines.length - 1 ? "\n" : ""}
    </span>
  ));
}
