"use client";

import { Inbox } from "lucide-react";
import { useRef, useState } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { QueueItemView } from "#lib/submissions/schema.ts";
import { QueueTable } from "#components/console/review/queue-table.tsx";
import { sortQueue } from "#components/console/review/sort-queue.ts";
import type { QueueOrder } from "#components/console/review/sort-queue.ts";
import { useKeyboardShortcuts } from "#components/console/review/use-keyboard-shortcuts.ts";

/** The whole queue, in a chosen order, walkable with j and k. */
export function QueueDesk({ items }: { items: readonly QueueItemView[] }) {
  const [order, setOrder] = useState<QueueOrder>("age");
  const body = useRef<HTMLDivElement>(null);
  const sorted = sortQueue(items, order);

  const move = (step: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a[data-queue-item]") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step]?.focus();
  };
  useKeyboardShortcuts({ j: () => move(1), k: () => move(-1) });

  if (items.length === 0) {
    return (
      <EmptyState icon={<Inbox aria-hidden />} title="The queue is empty" actions={<LinkButton href="/publish">Publish something</LinkButton>}>
        <p>Submissions come here when their checks have finished and the policy asks for a person.</p>
      </EmptyState>
    );
  }
  return (
    <div ref={body} className="flex flex-col gap-3">
      <p className="text-13 text-grey-11 pointer-coarse:hidden max-md:hidden">
        <Kbd>j</Kbd> and <Kbd>k</Kbd> move, <Kbd>Enter</Kbd> opens.
      </p>
      <QueueTable items={sorted} order={order} onOrder={setOrder} />
    </div>
  );
}
