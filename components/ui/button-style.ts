import { joinClasses } from "#components/ui/join-classes.ts";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const VARIANT = {
  primary: "bg-accent text-accent-on hover:bg-accent-hover border border-transparent",
  secondary: "bg-panel text-grey-12 border border-grey-7 hover:bg-grey-3 hover:border-grey-8",
  ghost: "text-grey-11 hover:bg-grey-4 hover:text-grey-12 border border-transparent",
  danger: "bg-red-solid text-red-on border border-transparent hover:opacity-90",
} as const satisfies Record<ButtonVariant, string>;

const SIZE = {
  sm: "h-8 px-3 text-13 gap-1.5",
  md: "h-9 px-4 text-14 gap-2",
  lg: "h-11 px-5 text-16 gap-2",
} as const satisfies Record<ButtonSize, string>;

/** Classes shared by buttons and links that look like buttons. */
export function buttonStyle(variant: ButtonVariant, size: ButtonSize): string {
  return joinClasses(
    "inline-flex items-center justify-center rounded-md font-medium whitespace-nowrap select-none transition-colors",
    "disabled:bg-grey-4 disabled:text-grey-10 disabled:border-grey-6 aria-disabled:opacity-60",
    VARIANT[variant],
    SIZE[size],
  );
}
