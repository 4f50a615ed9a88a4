import Link from "next/link";
import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { Glyph } from "#components/listing/glyph.tsx";
import type { GlyphHue } from "#components/listing/vocabulary.ts";

interface TypeCount {
  type: ListingSummaryView["type"];
  label: string;
  meaning: string;
  count: number;
}

/** The class most listings of a type belong to, for the hue of its example glyph. */
const TYPE_HUE = { llm: "generation", vector_store: "storage", image_gen: "generation", media_proc: "analysis", tools: "processing", user_plugin: "plain" } as const satisfies Record<TypeCount["type"], GlyphHue>;

const COUNT = new Intl.NumberFormat("en");

/** The six types as a quiet grid with true counts. */
export function TypeGrid({ types }: { types: readonly TypeCount[] }) {
  return (
    <ul aria-label="Types" className="grid overflow-hidden rounded-md border bg-panel sm:grid-cols-2 lg:grid-cols-3">
      {types.map((entry) => (
        <li key={entry.type} className="-mr-px -mb-px border-r border-b">
          <Link href={`/search?type=${entry.type}`} className="flex h-full items-center gap-3 p-4 hover:bg-grey-2 focus-visible:-outline-offset-2">
            <Glyph id={entry.type} type={entry.type} hue={TYPE_HUE[entry.type]} className="size-9" />
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="flex items-baseline justify-between gap-3">
                <span className="font-semibold">{entry.label}</span>
                <span className="font-mono text-13 text-grey-11 tabular-nums">{COUNT.format(entry.count)}</span>
              </span>
              <span className="text-13 text-grey-11">{entry.meaning}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
