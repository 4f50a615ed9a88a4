;; Counts words, lines and characters of UTF-8 text.
;; The caller writes the text at `input` (at most `capacity` bytes) and calls a method with its length in bytes.
;; No imports: the module can reach nothing but its own memory.
(module
  ;; 16 pages (1 MiB) for the text, one more so that a cut character at the very end stays in bounds
  (memory (export "memory") 17 17)
  (global (export "input") i32 (i32.const 0))
  (global (export "capacity") i32 (i32.const 1048576))

  ;; White_Space of the Unicode Character Database, for code points of one to three bytes
  (func $is_space (param $c i32) (result i32)
    local.get $c  i32.const 9       i32.ge_u
    local.get $c  i32.const 13      i32.le_u
    i32.and
    local.get $c  i32.const 32      i32.eq
    i32.or
    local.get $c  i32.const 0x85    i32.eq
    i32.or
    local.get $c  i32.const 0xA0    i32.eq
    i32.or
    local.get $c  i32.const 0x1680  i32.eq
    i32.or
    local.get $c  i32.const 0x2000  i32.ge_u
    local.get $c  i32.const 0x200A  i32.le_u
    i32.and
    i32.or
    local.get $c  i32.const 0x2028  i32.eq
    i32.or
    local.get $c  i32.const 0x2029  i32.eq
    i32.or
    local.get $c  i32.const 0x202F  i32.eq
    i32.or
    local.get $c  i32.const 0x205F  i32.eq
    i32.or
    local.get $c  i32.const 0x3000  i32.eq
    i32.or
  )

  ;; Bytes in the character that starts with byte $b
  (func $width (param $b i32) (result i32)
    i32.const 1
    local.get $b  i32.const 0xC0  i32.ge_u
    i32.add
    local.get $b  i32.const 0xE0  i32.ge_u
    i32.add
    local.get $b  i32.const 0xF0  i32.ge_u
    i32.add
  )

  ;; Code point at $at when it has one to three bytes; longer ones are never white space, so 0x10000 stands for them all
  (func $decode (param $at i32) (param $width i32) (result i32)
    local.get $width  i32.const 1  i32.eq
    if (result i32)
      local.get $at  i32.load8_u
    else
      local.get $width  i32.const 2  i32.eq
      if (result i32)
        local.get $at  i32.load8_u    i32.const 0x1F  i32.and  i32.const 6  i32.shl
        local.get $at  i32.load8_u offset=1  i32.const 0x3F  i32.and
        i32.or
      else
        local.get $width  i32.const 3  i32.eq
        if (result i32)
          local.get $at  i32.load8_u  i32.const 0x0F  i32.and  i32.const 12  i32.shl
          local.get $at  i32.load8_u offset=1  i32.const 0x3F  i32.and  i32.const 6  i32.shl
          i32.or
          local.get $at  i32.load8_u offset=2  i32.const 0x3F  i32.and
          i32.or
        else
          i32.const 0x10000
        end
      end
    end
  )

  ;; A word is a longest run of characters that are not white space
  (func (export "words") (param $length i32) (result i32)
    (local $at i32) (local $step i32) (local $inside i32) (local $space i32) (local $count i32)
    block $done
      loop $next
        local.get $at  local.get $length  i32.ge_u
        br_if $done
        local.get $at  i32.load8_u  call $width
        local.set $step
        local.get $at  local.get $step  call $decode  call $is_space
        local.set $space
        ;; count when a word begins here: not white space, and not inside a word yet
        local.get $space  i32.eqz
        local.get $inside  i32.eqz
        i32.and
        local.get $count
        i32.add
        local.set $count
        local.get $space  i32.eqz
        local.set $inside
        local.get $at  local.get $step  i32.add
        local.set $at
        br $next
      end
    end
    local.get $count
  )

  ;; Lines, counting a last one that has no line feed
  (func (export "lines") (param $length i32) (result i32)
    (local $at i32) (local $count i32) (local $open i32)
    block $done
      loop $next
        local.get $at  local.get $length  i32.ge_u
        br_if $done
        local.get $at  i32.load8_u  i32.const 10  i32.ne
        local.set $open
        local.get $count
        local.get $open  i32.eqz
        i32.add
        local.set $count
        local.get $at  i32.const 1  i32.add
        local.set $at
        br $next
      end
    end
    local.get $count  local.get $open  i32.add
  )

  ;; Unicode code points: every byte but continuation bytes
  (func (export "characters") (param $length i32) (result i32)
    (local $at i32) (local $count i32)
    block $done
      loop $next
        local.get $at  local.get $length  i32.ge_u
        br_if $done
        local.get $count
        local.get $at  i32.load8_u  i32.const 0xC0  i32.and  i32.const 0x80  i32.ne
        i32.add
        local.set $count
        local.get $at  i32.const 1  i32.add
        local.set $at
        br $next
      end
    end
    local.get $count
  )
)
