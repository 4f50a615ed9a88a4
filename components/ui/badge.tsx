import type { ReactNode } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";
import { TONE_SURFACE } from "#components/ui/tone.ts";
import type { Tone } from "#components/ui/tone.ts";

interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  mono?: boolean;
  title?: string;
  className?: string;
  children: ReactNode;
}

/** A word with a tone; give it an icon whenever the tone carries meaning. */
export function Badge({ tone = "neutral", icon, mono = false, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={joinClasses("inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-12 font-medium whitespace-nowrap [&>svg]:size-3", TONE_SURFACE[tone], mono && "font-mono font-normal", className)}
    >
      {icon}
      {children}
    </span>
  );
}
