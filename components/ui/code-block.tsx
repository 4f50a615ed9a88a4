import { joinClasses } from "#components/ui/join-classes.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";

interface CodeBlockProps {
  code: string;
  /** Names the block for screen readers and its copy button, e.g. "install command". */
  label: string;
  /** Drawn above the code, e.g. a file name. */
  title?: string;
  lineNumbers?: boolean;
  /** Breaks long lines under a hanging indent instead of scrolling: for commands, which people read before they run them. */
  wrap?: boolean;
  /** Lines (from 1) to mark, e.g. those that findings point at. */
  marked?: readonly number[];
  className?: string;
}

/** Code or a command in mono with a copy button; long lines scroll inside it or wrap. */
export function CodeBlock({ code, label, title, lineNumbers = false, wrap = false, marked = [], className }: CodeBlockProps) {
  const lines = code.replace(/\n$/, "").split("\n");
  const marks = new Set(marked);
  return (
    <figure className={joinClasses("relative min-w-0 rounded-md border bg-grey-2", className)}>
      {title ? <figcaption className="border-b px-3 py-1.5 font-mono text-12 text-grey-11">{title}</figcaption> : null}
      <div className="flex items-start">
        <pre tabIndex={0} role="group" aria-label={label} className={joinClasses("min-w-0 flex-1 overflow-x-auto rounded-md py-2.5 text-13", !lineNumbers && "px-3", wrap && "wrap-anywhere whitespace-pre-wrap")}>
          <code>
            {lineNumbers
              ? lines.map((line, index) => (
                  <span key={index} className={joinClasses("flex pr-4", marks.has(index + 1) && "bg-red-tint")}>
                    <span aria-hidden className="w-11 shrink-0 pr-3 text-right text-grey-10 select-none">
                      {index + 1}
                    </span>
                    <span className="whitespace-pre">{line === "" ? " " : line}</span>
                  </span>
                ))
              : wrap
                ? lines.map((line, index) => <CommandLine key={index} line={line} />)
                : lines.join("\n")}
          </code>
        </pre>
        <CopyButton value={code} label={label} className="m-1" />
      </div>
    </figure>
  );
}

/**
 * A line under a hanging indent that breaks between words, and within one only where it is wider than the block: by
 * itself a browser also breaks behind the hyphens of an option, and before the backslash that continues a line.
 */
function CommandLine({ line }: { line: string }) {
  const words = line.trimStart().split(/( +(?!\\$))/);
  return (
    <span className={joinClasses("block -indent-[2ch]", line.startsWith(" ") ? "pl-[4ch]" : "pl-[2ch]")}>
      {words.map((word, index) => (index % 2 === 1 ? word : <span key={index} className="inline-block max-w-full indent-0">{word === "" ? " " : word}</span>))}
    </span>
  );
}
