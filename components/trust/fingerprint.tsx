import { fingerprintCells } from "#components/trust/fingerprint-cells.ts";
import { joinClasses } from "#components/ui/join-classes.ts";

const SHADE = ["fill-grey-3", "fill-grey-7", "fill-grey-10", "fill-grey-12"] as const;

/** A small picture of a sha256, the same everywhere, so that eyes can compare what digits hide. */
export function Fingerprint({ digest, className }: { digest: string; className?: string }) {
  return (
    <svg viewBox="0 0 8 8" role="img" aria-label={`Picture of the digest ${digest}`} shapeRendering="crispEdges" className={joinClasses("shrink-0 rounded-sm border", className ?? "size-12")}>
      {fingerprintCells(digest).map((cell) => (
        <rect key={`${cell.x}-${cell.y}`} x={cell.x} y={cell.y} width="1.02" height="1.02" className={SHADE[cell.shade]} />
      ))}
    </svg>
  );
}
