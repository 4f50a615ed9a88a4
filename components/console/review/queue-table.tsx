"use client";

import { ArrowDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { QueueItemView } from "#lib/submissions/schema.ts";
import { describeClaim, describeFindings } from "#components/console/review/describe-item.ts";
import { RiskBadge } from "#components/console/review/risk-badge.tsx";
import type { QueueOrder } from "#components/console/review/sort-queue.ts";

interface QueueTableProps {
  items: readonly QueueItemView[];
  order: QueueOrder;
  onOrder: (order: QueueOrder) => void;
}

/** Waiting submissions with what decides where a reviewer begins. */
export function QueueTable({ items, order, onOrder }: QueueTableProps) {
  return (
    <Table
      caption="Review queue"
      className="relative"
      head={
        <>
          <Th>Listing</Th>
          <SortableTh active={order === "age"} onSort={() => onOrder("age")}>Waiting since</SortableTh>
          <SortableTh active={order === "risk"} onSort={() => onOrder("risk")}>Permissions</SortableTh>
          <Th>Findings</Th>
          <Th>Claim</Th>
        </>
      }
    >
      {items.map((item) => (
        <tr key={item.id}>
          <Td className="min-w-48">
            <Link data-queue-item href={`/review/${item.id}`} className="link font-medium">
              {item.name}
            </Link>
            <span className="block text-13 text-grey-11">
              <code>{item.listing} {item.version}</code> by {item.publisher.name}
              {item.firstVersion ? ", first version" : ""}
            </span>
          </Td>
          <Td label="Waiting since" className="whitespace-nowrap"><RelativeTime at={item.queuedAt} /></Td>
          <Td label="Permissions">
            <RiskBadge risk={item.highestRisk} />
            {item.newPermissions.length === 0 ? null : <span className="mt-1 block text-12 text-grey-11">new: <code>{item.newPermissions.join(", ")}</code></span>}
          </Td>
          <Td label="Findings" className="text-13">{describeFindings(item.findings)}</Td>
          <Td label="Claim" className="text-13 text-grey-11 sm:whitespace-nowrap">{describeClaim(item.claim) ?? "free"}</Td>
        </tr>
      ))}
    </Table>
  );
}

function SortableTh({ active, onSort, children }: { active: boolean; onSort: () => void; children: ReactNode }) {
  return (
    <Th aria-sort={active ? "descending" : undefined}>
      <button type="button" onClick={onSort} className="inline-flex h-8 items-center gap-1 rounded-sm hover:text-grey-12">
        {children}
        <ArrowDown aria-hidden className={active ? "size-3.5" : "size-3.5 opacity-0"} />
      </button>
    </Th>
  );
}
