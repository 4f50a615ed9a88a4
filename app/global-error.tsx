"use client";

import "./globals.css";

/** Stands in for the whole page when even its frame failed; so it draws with nothing but the theme. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something broke · kOS Marketplace</title>
        <main className="page flex min-h-dvh flex-col items-start justify-center gap-3">
          <p className="font-mono text-13 text-grey-11">500</p>
          <h1 className="text-26 font-semibold">Something broke on our side</h1>
          <p className="max-w-prose text-16 text-grey-11">The fault is recorded. Try again in a moment.</p>
          <button type="button" onClick={retry} className="mt-3 h-9 rounded-md bg-accent px-4 text-14 font-medium text-accent-on hover:bg-accent-hover">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
