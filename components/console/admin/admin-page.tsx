import type { ReactNode } from "react";
import { ConsolePage } from "#components/console/console-page.tsx";
import { SideNav } from "#components/console/side-nav.tsx";

const PLACES = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/users", label: "Users" },
  { href: "/admin/publishers", label: "Publishers" },
  { href: "/admin/roles", label: "Roles" },
  { href: "/admin/policy", label: "Policy" },
  { href: "/admin/jobs", label: "Jobs" },
  { href: "/admin/mail", label: "Mail" },
  { href: "/admin/storage", label: "Storage" },
  { href: "/admin/announcements", label: "Announcements" },
  { href: "/admin/audit", label: "Audit trail" },
] as const;

/** A page of the administration desk, with the way to the others. */
export function AdminPage({ title, lead, actions, children }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <ConsolePage title={title} lead={lead} actions={actions}>
      <div className="grid items-start gap-6 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <SideNav label="Administration" places={PLACES} />
        <div className="flex min-w-0 flex-col gap-6">{children}</div>
      </div>
    </ConsolePage>
  );
}
