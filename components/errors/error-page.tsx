import type { ReactNode } from "react";
import { LinkButton } from "#components/ui/link-button.tsx";

/** What each status means to a person, and the step that helps. */
export const ERROR_WORDS = {
  401: { title: "Sign in to see this", text: "This page belongs to an account. Sign in and you come straight back.", next: { href: "/sign-in", label: "Sign in" } },
  403: { title: "Your account may not do this", text: "The page exists, but your roles do not reach it. An administrator or an owner of the publisher can give you the right.", next: { href: "/", label: "Go home" } },
  404: { title: "Nothing is at this address", text: "The id may be misspelled, or nobody has published it yet. Ids are never given to someone else, so an old link cannot lead to a stranger.", next: { href: "/search", label: "Search the catalogue" } },
  410: { title: "This was here and is gone", text: "It was removed. Its id stays taken for ever, so nothing else can appear in its place.", next: { href: "/search", label: "Search the catalogue" } },
  429: { title: "Too many requests", text: "This address asked more often than we allow. Wait a minute, then try again.", next: { href: "/", label: "Go home" } },
  451: { title: "Withheld for legal reasons", text: "We were obliged to stop offering this. The statement of reasons says who asked, on which ground, and how to object.", next: { href: "/", label: "Go home" } },
  500: { title: "Something broke on our side", text: "The fault is recorded. Nothing you sent was half saved: every change here either happens completely or not at all.", next: { href: "/", label: "Go home" } },
} as const satisfies Record<number, { title: string; text: string; next: { href: string; label: string } }>;

interface ErrorPageProps {
  status: keyof typeof ERROR_WORDS;
  /** Replaces the general sentence where more is known. */
  children?: ReactNode;
  /** The request's or error's id, to quote in a report. */
  reference?: string | null;
  actions?: ReactNode;
}

/** One page for every error: what is known, and the next step. */
export function ErrorPage({ status, children, reference = null, actions }: ErrorPageProps) {
  const words = ERROR_WORDS[status];
  return (
    <div className="page flex flex-1 flex-col justify-center py-16">
      <div className="flex max-w-form flex-col gap-3 border-l-2 border-grey-12 pl-6">
        <p className="font-mono text-13 text-grey-11">{status}</p>
        <h1 className="text-26 font-semibold">{words.title}</h1>
        <div className="text-16 text-grey-11">{children ?? <p>{words.text}</p>}</div>
        {reference ? (
          <p className="text-13 text-grey-11">
            Quote <code className="text-grey-12">{reference}</code> when you report this.
          </p>
        ) : null}
        <div className="mt-3 flex flex-wrap gap-2">{actions ?? <LinkButton href={words.next.href}>{words.next.label}</LinkButton>}</div>
      </div>
    </div>
  );
}
