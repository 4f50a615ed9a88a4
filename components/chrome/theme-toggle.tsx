"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

const NEXT = { system: "light", light: "dark", dark: "system" } as const;
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

function subscribeToNothing(): () => void {
  return () => undefined;
}

/** Steps through system, light and dark; says which one holds and which comes next. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const mounted = useSyncExternalStore(subscribeToNothing, () => true, () => false);
  const current = mounted && (theme === "light" || theme === "dark") ? theme : "system";
  const Icon = ICONS[current];
  return (
    <IconButton
      label={`Theme: ${current}. Switch to ${NEXT[current]}`}
      icon={<Icon aria-hidden className="size-4" />}
      onClick={() => setTheme(NEXT[current])}
      className="needs-script"
    />
  );
}
