import { highlightLines } from "#components/code/highlight-lines.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A whole file with line numbers, coloured on the server. */
export async function SourceCode({ code, language, title, label }: { code: string; language: string | null; title: string; label: string }) {
  const lines = await highlightLines(code.replace(/\n$/, ""), language);
  return (
    <figure className="min-w-0 rounded-md border bg-grey-2">
      <figcaption className="flex items-center justify-between gap-3 border-b py-0.5 pr-1 pl-3 font-mono text-12 text-grey-11">
        <span className="min-w-0 truncate">{title}</span>
        <CopyButton value={code} label={label} />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={label} className="overflow-x-auto py-2.5 text-13">
        <code>
          {lines.map((line, index) => (
            <span key={index} className="flex pr-4">
              <span aria-hidden className="w-11 shrink-0 pr-3 text-right text-grey-10 select-none">
                {index + 1}
              </span>
              <span className="whitespace-pre">
                {line.map((piece, place) => (
                  <span key={place} className={piece.ink ?? undefined}>
                    {piece.text}
                  </span>
                ))}
                {"\n"}
              </span>
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
