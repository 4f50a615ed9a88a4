"use client";

import { useState } from "react";
import type { PublisherOption } from "#components/console/publish/publisher-choice.tsx";

interface PublisherOptions {
  publishers: readonly PublisherOption[];
  /** The one to publish under; null while there is none at all. */
  publisher: PublisherOption | null;
  pick: (slug: string) => void;
  add: (publisher: PublisherOption) => void;
}

/** A person's publishers with those made on this page, and the chosen one among them: `preferred` first, if it is one. */
export function usePublisherOptions(known: readonly PublisherOption[], preferred: string | null): PublisherOptions {
  const [made, setMade] = useState<readonly PublisherOption[]>([]);
  const [picked, pick] = useState(preferred);
  const publishers = [...known, ...made.filter((one) => known.every((other) => other.slug !== one.slug))];
  const add = (created: PublisherOption) => {
    setMade([...made, created]);
    pick(created.slug);
  };
  return { publishers, publisher: publishers.find((one) => one.slug === picked) ?? publishers[0] ?? null, pick, add };
}
