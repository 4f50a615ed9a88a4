import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import { headers } from "next/headers";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { AnnouncementNotice, InstanceNotice } from "#components/chrome/instance-notice.tsx";
import { SiteFooter } from "#components/chrome/site-footer.tsx";
import { SiteHeader } from "#components/chrome/site-header.tsx";
import { SlashFocus } from "#components/chrome/slash-focus.tsx";
import { ThemeProvider } from "#components/chrome/theme-provider.tsx";
import { ViewingBar } from "#components/chrome/viewing-bar.tsx";
import { currentAnnouncements } from "#lib/admin/index.ts";
import { health, runtime } from "#lib/runtime/index.ts";
import { sessionPrincipal, viewer } from "./_session.ts";

// The content security policy carries a nonce per request, so no page can be made ahead of time.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "kOS Marketplace", template: "%s · kOS Marketplace" },
  description: "Services and plugins for kOS hosts: who signed each one, what it may touch, who reviewed it, and how to check that yourself.",
  applicationName: "kOS Marketplace",
  icons: { icon: "/icon.svg" },
  alternates: { types: { "application/atom+xml": "/feed.atom" } },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfbf9" },
    { media: "(prefers-color-scheme: dark)", color: "#11100f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [person, principal, announcements, nonce] = await Promise.all([viewer(), sessionPrincipal(), runtime().then(currentAnnouncements), headers().then((list) => list.get("x-nonce"))]);
  const viewing = principal?.viewing ?? null;
  const { readOnly } = health();
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col">
        <ThemeProvider nonce={nonce}>
          <a href="#main" className="sr-only rounded-md bg-grey-12 px-3 py-2 text-14 text-grey-1 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50">
            Skip to content
          </a>
          <SiteHeader viewer={person} />
          {viewing === null ? null : <ViewingBar role={viewing.role} />}
          {announcements.map(({ id, tone, text }) => (
            <AnnouncementNotice key={id} tone={tone} text={text} />
          ))}
          {readOnly === null ? null : <InstanceNotice readOnly={readOnly} />}
          <main id="main" tabIndex={-1} className="flex w-full flex-1 flex-col outline-none">
            {children}
          </main>
          <SiteFooter />
          <SlashFocus />
        </ThemeProvider>
      </body>
    </html>
  );
}
