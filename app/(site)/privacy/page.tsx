import type { Metadata } from "next";
import { PrivacyView } from "#components/people/privacy-view.tsx";

export const metadata: Metadata = { title: "Privacy", description: "What this registry keeps about people, why, who sees it and for how long." };

export default function PrivacyPage() {
  return <PrivacyView />;
}
