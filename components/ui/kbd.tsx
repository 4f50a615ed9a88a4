/** A key on the keyboard. */
export function Kbd({ children }: { children: string }) {
  return <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-grey-7 bg-grey-2 px-1 font-mono text-12 text-grey-11">{children}</kbd>;
}
