// In front of every source; see DevicePrograms in the API for what each is for.
#ifdef cl_khr_fp64
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif
#define GROUP 64
#define KERNEL_OF(n) __kernel __attribute__((reqd_work_group_size(n, 1, 1))) void
#define KERNEL KERNEL_OF(GROUP)
// A pointer to local memory, of whatever kind; numbers of a vector; where local memory lies for instructions. Other languages have other words.
#define TO_LOCAL __local
#define OF2(type, a, b) ((type##2)(a, b))
#define OF4(type, a, b, c, d) ((type##4)(a, b, c, d))
#define LOCAL_ADDRESS(p) ((uint)(ulong)(p))
#define B(x) __global float* x, const int x##_at
#define AT(x) x += x##_at;
// A buffer that may be of bfloat16, two in a word, the first in the lower half: numbers are counted, so that it may begin in the middle of a
// word. A source says by PACKS whether there are any; where it is 0 nothing of this is left.
#define P(x) __global float* x, const int x##_at, const int x##_packed
#define AT_P(x) if (!x##_packed) x += x##_at;
#define NUMBER(x, i) (PACKS && x##_packed ? HALF_OF(((__global const uint*)x)[((size_t)x##_at + (i)) >> 1], x##_at + (i)) : x[i])
#define HALF_OF(word, i) as_float((i) & 1 ? (word) & 0xFFFF0000u : (word) << 16)
#define STORE_NUMBER(x, i, v) { if (PACKS && x##_packed) ((__global ushort*)x)[(size_t)x##_at + (i)] = (ushort)bfloat16(v); else x[i] = v; }
#define I(x) __global int* x
#define ITEM ((int)get_global_id(0))
#define LANE ((int)get_local_id(0))
#define GROUP_X ((int)get_group_id(0))
#define GROUP_Y ((int)get_group_id(1))
#define GROUP_Z ((int)get_group_id(2))
#define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
#define EACH(n) const int i = ITEM; if (i >= (n)) return;
#define D(x) __global float* x##_, const int x##_at
#define AS_DOUBLES(x) __global double* x = (__global double*)(x##_ + x##_at);
// A float32 number as bfloat16: the upper half of its bits, rounded to the nearest, halves to the even one.
static __attribute__((unused)) uint bfloat16(const float value) {
  const uint bits = as_uint(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return bits >> 16 | 0x40; // what is not a number stays so
  return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
}
