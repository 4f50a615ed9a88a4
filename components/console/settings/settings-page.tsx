import type { ReactNode } from "react";
import { ConsolePage } from "#components/console/console-page.tsx";
import { SideNav } from "#components/console/side-nav.tsx";

const PLACES = [
  { href: "/settings", label: "Profile" },
  { href: "/settings/security", label: "Second factor" },
  { href: "/settings/sign-in", label: "Sign-in and sessions" },
  { href: "/settings/mail", label: "Mail" },
  { href: "/settings/data", label: "Your data" },
] as const;

/** A page of the account's settings, with the way to the others. */
export function SettingsPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <ConsolePage title={title} lead={lead}>
      <div className="grid items-start gap-6 lg:grid-cols-[11rem_minmax(0,1fr)]">
        <SideNav label="Settings" places={PLACES} />
        <div className="flex min-w-0 flex-col gap-6">{children}</div>
      </div>
    </ConsolePage>
  );
}
