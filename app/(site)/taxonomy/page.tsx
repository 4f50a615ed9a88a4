import type { Metadata } from "next";
import { TaxonomyView } from "#components/taxonomy/taxonomy-view.tsx";

export const metadata: Metadata = { title: "Types, capabilities, permissions and trust" };

export default function TaxonomyPage() {
  return <TaxonomyView />;
}
