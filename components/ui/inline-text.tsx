/** A sentence whose words between backticks are set in mono; nothing else in it is interpreted. */
export function InlineText({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="text-[0.93em] break-words">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
