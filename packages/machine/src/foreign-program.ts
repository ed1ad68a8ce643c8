import { UserError } from '@release-kit/action';

/** How programs of an architecture begin, and the shortest one there is. */
interface ProgramFormat {
  readonly bits: 32 | 64;
  readonly order: 'little' | 'big';
  /** `e_machine` of elf(5). */
  readonly machine: number;
  /** `e_flags`: the ABI, where the kernel looks at it. */
  readonly flags: number;
  /** Machine code of exit(0), in bytes. */
  readonly exit: string;
}

/** Numbers from <elf.h>, the ABI flags from each processor's supplement, system calls from <asm/unistd.h>. */
const formats: Readonly<Record<string, ProgramFormat>> = {
  amd64: { bits: 64, order: 'little', machine: 62, flags: 0, exit: 'b83c00000031ff0f05' }, // mov $60,%eax; xor %edi,%edi; syscall
  arm64: { bits: 64, order: 'little', machine: 183, flags: 0, exit: 'a80b8052000080d2010000d4' }, // mov w8,#93; mov x0,#0; svc #0
  armhf: { bits: 32, order: 'little', machine: 40, flags: 0x05000400, exit: '0170a0e30000a0e3000000ef' }, // mov r7,#1; mov r0,#0; svc #0
  i386: { bits: 32, order: 'little', machine: 3, flags: 0, exit: 'b80100000031dbcd80' }, // mov $1,%eax; xor %ebx,%ebx; int $0x80
  ppc64el: { bits: 64, order: 'little', machine: 21, flags: 2, exit: '010000380000603802000044' }, // li r0,1; li r3,0; sc
  riscv64: { bits: 64, order: 'little', machine: 243, flags: 5, exit: '9308d0051305000073000000' }, // li a7,93; li a0,0; ecall
  s390x: { bits: 64, order: 'big', machine: 22, flags: 0, exit: 'a72900000a01' }, // lghi %r2,0; svc 1
};

function formatOf(architecture: string): ProgramFormat {
  const format = Object.hasOwn(formats, architecture) ? formats[architecture] : undefined;
  if (format !== undefined) return format;
  throw new UserError('E_ARCHITECTURE', `programs of the architecture ${JSON.stringify(architecture)} are not known`);
}

/** A complete program of that architecture that ends with 0 at once: if it runs, so does everything else. */
export function smallestProgram(architecture: string): Uint8Array {
  const format = formatOf(architecture);
  const { bits, order, machine, flags } = format;
  const code = Buffer.from(format.exit, 'hex');
  const wide = bits === 64;
  const [headerSize, segmentSize] = wide ? [64, 56] : [52, 32];
  const start = 0x400000; // far above vm.mmap_min_addr, and aligned for pages of up to 64 KiB
  const size = headerSize + segmentSize + code.length;
  const bytes: number[] = [...identification(format)];
  const put = (value: number, width: number): void => {
    const field = Array.from({ length: width }, (_, index) => Math.floor(value / 256 ** index) % 256);
    bytes.push(...(order === 'little' ? field : field.reverse()));
  };
  const word = wide ? 8 : 4;
  put(2, 2); // e_type: an executable file
  put(machine, 2);
  put(1, 4); // e_version
  put(start + headerSize + segmentSize, word); // e_entry
  put(headerSize, word); // e_phoff
  put(0, word); // e_shoff
  put(flags, 4);
  for (const value of [headerSize, segmentSize, 1, 0, 0, 0]) put(value, 2);
  put(1, 4); // p_type: loaded
  if (wide) put(5, 4); // p_flags: read and execute
  for (const value of [0, start, start, size, size]) put(value, word);
  if (!wide) put(5, 4);
  put(0x10000, word); // p_align
  return Buffer.concat([Uint8Array.from(bytes), code]);
}

const identification = ({ bits, order }: ProgramFormat): readonly number[] => [
  ...[0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, order === 'little' ? 1 : 2, 1, 0],
  ...new Array<number>(8).fill(0),
];

/**
 * What the kernel compares to know a program of that architecture: its first 20 bytes and which bits of them count, written
 * as binfmt_misc reads them (admin-guide/binfmt-misc of the kernel). Any ABI of the system, and shared objects as well, which
 * position-independent programs are.
 */
export function programMagic(architecture: string): { readonly magic: string; readonly mask: string } {
  const format = formatOf(architecture);
  const little = format.order === 'little';
  const pair = (value: number): number[] => (little ? [value % 256, value >> 8] : [value >> 8, value % 256]);
  const mask = [...new Array<number>(7).fill(0xff), 0, ...new Array<number>(8).fill(0xff), ...pair(0xfffe), 0xff, 0xff];
  return { magic: escaped([...identification(format), ...pair(2), ...pair(format.machine)]), mask: escaped(mask) };
}

const escaped = (bytes: readonly number[]): string => bytes.map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
