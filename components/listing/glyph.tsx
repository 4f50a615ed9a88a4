import type { ListingSummaryView } from "#lib/catalog/schema.ts";
import { patternCells } from "#components/listing/pattern-cells.ts";
import type { GlyphHue } from "#components/listing/vocabulary.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

type ListingType = ListingSummaryView["type"];

/** One outline per type, in a field of 40 × 40. */
const OUTLINE = {
  llm: "M20 2a18 18 0 1 1 0 36H4.5A2.5 2.5 0 0 1 2 35.5V20A18 18 0 0 1 20 2Z",
  vector_store: "M20 1.5 36.5 11v18L20 38.5 3.5 29V11Z",
  image_gen: "M7 2h26a5 5 0 0 1 5 5v26a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5Z",
  media_proc: "M6 5.5a4 4 0 0 1 6-3.4l24 14.5a4 4 0 0 1 0 6.8l-24 14.5a4 4 0 0 1-6-3.4Z",
  tools: "M17 2.8a4.2 4.2 0 0 1 6 0L37.2 17a4.2 4.2 0 0 1 0 6L23 37.2a4.2 4.2 0 0 1-6 0L2.8 23a4.2 4.2 0 0 1 0-6Z",
  user_plugin: "M7 6h8.5a4.5 4.5 0 1 1 9 0H33a3 3 0 0 1 3 3v25a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4v-8.5a4.5 4.5 0 1 0 0-9V9a3 3 0 0 1 3-3Z",
} as const satisfies Record<ListingType, string>;

/** Where the pattern's middle lies inside each outline, and how far its dots are apart. */
const FIELD = {
  llm: { x: 20, y: 20, step: 4.8 },
  vector_store: { x: 20, y: 20, step: 4.8 },
  image_gen: { x: 20, y: 20, step: 5.8 },
  media_proc: { x: 16, y: 20, step: 3.7 },
  tools: { x: 20, y: 20, step: 4 },
  user_plugin: { x: 20, y: 22.5, step: 5 },
} as const satisfies Record<ListingType, { x: number; y: number; step: number }>;

const HUE = {
  generation: { ground: "fill-glyph-generation", mark: "fill-glyph-generation-mark" },
  analysis: { ground: "fill-glyph-analysis", mark: "fill-glyph-analysis-mark" },
  storage: { ground: "fill-glyph-storage", mark: "fill-glyph-storage-mark" },
  processing: { ground: "fill-glyph-processing", mark: "fill-glyph-processing-mark" },
  plain: { ground: "fill-glyph-plain", mark: "fill-glyph-plain-mark" },
} as const satisfies Record<GlyphHue, { ground: string; mark: string }>;

/** Publishers draw icons for light ground: in the dark theme a thin light edge keeps dark strokes in sight. */
const HALO = "[filter:drop-shadow(0_0_0.75px_light-dark(transparent,var(--color-grey-12)))]";

interface GlyphProps {
  id: string;
  type: ListingType;
  hue: GlyphHue;
  /** Path of the listing's own icon, which replaces the drawn one. */
  icon?: string | null;
  className?: string;
}

/** A listing's picture: its own icon, or one drawn from its type (shape), id (pattern) and class (hue). */
export function Glyph({ id, type, hue, icon = null, className }: GlyphProps) {
  const size = className ?? "size-9";
  const field = FIELD[type];
  if (icon !== null) {
    return (
      <span className={joinClasses("block shrink-0 rounded-md border bg-grey-3 p-1", size)}>
        <img src={icon} alt="" className={joinClasses("size-full object-contain", HALO)} />
      </span>
    );
  }
  return (
    <svg viewBox="0 0 40 40" aria-hidden className={joinClasses("shrink-0", size)}>
      <path d={OUTLINE[type]} className={HUE[hue].ground} />
      {patternCells(id).map((cell) => (
        <circle key={`${cell.x}-${cell.y}`} cx={field.x + (cell.x - 2) * field.step} cy={field.y + (cell.y - 2) * field.step} r={field.step * (cell.large ? 0.44 : 0.24)} className={HUE[hue].mark} />
      ))}
    </svg>
  );
}
