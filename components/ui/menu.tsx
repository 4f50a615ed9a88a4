"use client";

import { DropdownMenu } from "radix-ui";
import Link from "next/link";
import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

const ITEM = "flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-left text-14 outline-none select-none data-[highlighted]:bg-grey-4 data-[disabled]:text-grey-10 [&>svg]:size-4 [&>svg]:text-grey-10";

/** A menu that opens from a button. Not modal: a modal menu would inject a style element, which the policy refuses. */
export function Menu({ trigger, align = "end", children }: { trigger: ReactNode; align?: "start" | "end"; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={6} collisionPadding={12} className="z-40 min-w-48 rounded-md border bg-panel p-1 text-grey-12 shadow-float">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Something to do. */
export function MenuItem({ onSelect, disabled = false, danger = false, children }: { onSelect: () => void; disabled?: boolean; danger?: boolean; children: ReactNode }) {
  return (
    <DropdownMenu.Item onSelect={onSelect} disabled={disabled} className={joinClasses(ITEM, danger && "text-red-ink")}>
      {children}
    </DropdownMenu.Item>
  );
}

/** Somewhere to go. */
export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild>
      <Link href={href} className={ITEM}>
        {children}
      </Link>
    </DropdownMenu.Item>
  );
}

/** A line between groups. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-grey-6" />;
}
