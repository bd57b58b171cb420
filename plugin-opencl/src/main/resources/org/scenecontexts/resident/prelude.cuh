// In front of every source where it is compiled as CUDA C++: the macros of prelude.cl, and what the sources use of OpenCL C. A
// conversion or function that is missing here is refused by the compiler; nothing of it compiles to something else.
typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long long ulong_;
typedef long long long_;
#define ulong ulong_
#define long long_
#define static static inline __device__
#define __global
#define __local __shared__
#define TO_LOCAL
#define OF2(type, a, b) make_##type##2(a, b)
#define OF4(type, a, b, c, d) make_##type##4(a, b, c, d)
#ifndef INFINITY
#define INFINITY __int_as_float(0x7f800000)
#endif
#ifndef NAN
#define NAN __int_as_float(0x7fffffff)
#endif
#define GROUP 64
#define KERNEL_OF(n) extern "C" __global__ void __launch_bounds__(n)
#define KERNEL KERNEL_OF(GROUP)
#define B(x) float* x, const int x##_at
#define AT(x) x += x##_at;
// A buffer that may be of bfloat16, two in a word, the first in the lower half: numbers are counted, so that it may begin in the middle of a
// word. A source says by PACKS whether there are any; where it is 0 nothing of this is left.
#define P(x) float* x, const int x##_at, const int x##_packed
#define AT_P(x) if (!x##_packed) x += x##_at;
#define NUMBER(x, i) (PACKS && x##_packed ? HALF_OF(((const uint*)x)[((size_t)x##_at + (i)) >> 1], x##_at + (i)) : x[i])
#define HALF_OF(word, i) as_float((i) & 1 ? (word) & 0xFFFF0000u : (word) << 16)
#define STORE_NUMBER(x, i, v) { if (PACKS && x##_packed) ((ushort*)x)[(size_t)x##_at + (i)] = (ushort)bfloat16(v); else x[i] = v; }
#define I(x) int* x
#define ITEM ((int)(blockIdx.x * blockDim.x + threadIdx.x))
#define LANE ((int)threadIdx.x)
#define GROUP_X ((int)blockIdx.x)
#define GROUP_Y ((int)blockIdx.y)
#define GROUP_Z ((int)blockIdx.z)
#define BARRIER __syncthreads()
#define CLK_LOCAL_MEM_FENCE 1
#define CLK_GLOBAL_MEM_FENCE 2
#define barrier(fences) __syncthreads()
#define EACH(n) const int i = ITEM; if (i >= (n)) return;
#define D(x) float* x##_, const int x##_at
#define AS_DOUBLES(x) double* x = (double*)(x##_ + x##_at);
#define LOCAL_ADDRESS(p) ((uint)__cvta_generic_to_shared(p))
static size_t axis_(const uint d, const uint x, const uint y, const uint z) { return d == 0 ? x : d == 1 ? y : z; }
static size_t get_local_id(const uint d) { return axis_(d, threadIdx.x, threadIdx.y, threadIdx.z); }
static size_t get_local_size(const uint d) { return axis_(d, blockDim.x, blockDim.y, blockDim.z); }
static size_t get_group_id(const uint d) { return axis_(d, blockIdx.x, blockIdx.y, blockIdx.z); }
static size_t get_num_groups(const uint d) { return axis_(d, gridDim.x, gridDim.y, gridDim.z); }
static size_t get_global_id(const uint d) { return get_group_id(d) * get_local_size(d) + get_local_id(d); }
static size_t get_global_size(const uint d) { return get_num_groups(d) * get_local_size(d); }
static float as_float(const uint x) { return __uint_as_float(x); }
static float as_float(const int x) { return __int_as_float(x); }
static uint as_uint(const float x) { return __float_as_uint(x); }
static int as_int(const float x) { return __float_as_int(x); }
static uint popcount(const uint x) { return __popc(x); }
static uint clz(const uint x) { return __clz((int)x); }
static float sign(const float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f; }
static float mad(const float a, const float b, const float c) { return a * b + c; }
static float clamp(const float x, const float low, const float high) { return fmin(fmax(x, low), high); }
static int clamp(const int x, const int low, const int high) { return min(max(x, low), high); }
static int atomic_cmpxchg(int* p, const int expected, const int value) { return atomicCAS(p, expected, value); }
static int atomic_xchg(int* p, const int value) { return atomicExch(p, value); }
static int atomic_add(int* p, const int value) { return atomicAdd(p, value); }
static int atomic_inc(int* p) { return atomicAdd(p, 1); }
static int atomic_dec(int* p) { return atomicAdd(p, -1); }
static int atomic_min(int* p, const int value) { return atomicMin(p, value); }
static int atomic_max(int* p, const int value) { return atomicMax(p, value); }
static int atomic_and(int* p, const int value) { return atomicAnd(p, value); }
static int atomic_or(int* p, const int value) { return atomicOr(p, value); }
static int atomic_xor(int* p, const int value) { return atomicXor(p, value); }
static float4 vload4(const size_t at, const float* p) { p += 4 * at; return make_float4(p[0], p[1], p[2], p[3]); }
static void vstore4(const float4 v, const size_t at, float* p) { p += 4 * at; p[0] = v.x; p[1] = v.y; p[2] = v.z; p[3] = v.w; }
static float4 operator*(const float a, const float4 b) { return make_float4(a * b.x, a * b.y, a * b.z, a * b.w); }
static float4 operator*(const float4 a, const float b) { return make_float4(a.x * b, a.y * b, a.z * b, a.w * b); }
static float4 operator*(const float4 a, const float4 b) { return make_float4(a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w); }
static float4 operator+(const float4 a, const float4 b) { return make_float4(a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w); }
static float4 operator-(const float4 a, const float4 b) { return make_float4(a.x - b.x, a.y - b.y, a.z - b.z, a.w - b.w); }
static float4& operator+=(float4& a, const float4 b) { a.x += b.x; a.y += b.y; a.z += b.z; a.w += b.w; return a; }
// A float32 number as bfloat16: the upper half of its bits, rounded to the nearest, halves to the even one.
static uint bfloat16(const float value) {
  const uint bits = as_uint(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return bits >> 16 | 0x40; // what is not a number stays so
  return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
}
