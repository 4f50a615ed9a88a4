"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

/** Remembers a chosen theme; without a choice (or without scripts) the system's own holds, by CSS alone. */
export function ThemeProvider({ nonce, children }: { nonce: string | null; children: ReactNode }) {
  return (
    <NextThemes attribute="data-theme" enableColorScheme={false} disableTransitionOnChange nonce={nonce ?? undefined}>
      {children}
    </NextThemes>
  );
}
