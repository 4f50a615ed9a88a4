"use client";

import { useRouter } from "next/navigation";
import { PublisherFields } from "#components/console/account/publisher-fields.tsx";

/** The page's form: after creating, goes on to `next` with the new publisher chosen. */
export function CreatePublisherForm({ next }: { next: string }) {
  const router = useRouter();
  return (
    <PublisherFields
      onCreated={(publisher) => {
        const separator = next.includes("?") ? "&" : "?";
        router.push(`${next}${separator}publisher=${publisher.slug}`);
        router.refresh();
      }}
    />
  );
}
