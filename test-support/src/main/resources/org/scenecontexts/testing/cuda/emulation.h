// In front of a kernel's preprocessed source when the stand-in compiles it for the processor; g++ reads it once and keeps that. What CUDA C++
// has and C++ has not, as far as prelude.cuh uses it. Functions are declared one by one, so that a kernel may be called copy or fill.
#include <cmath>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

struct uint3 { unsigned x, y, z; };
struct float2 { alignas(8) float x; float y; };
struct float4 { alignas(16) float x; float y, z, w; };
struct uint4 { alignas(16) unsigned x; unsigned y, z, w; };

// Where the running thread stands; the stand-in sets it. `sync` comes back when all threads of the block have called it.
struct StandInState { uint3 thread, block, blockSize, gridSize; void (*sync)(); };
extern "C" __attribute__((visibility("default"))) StandInState* standInState;
StandInState* standInState = nullptr;

#define threadIdx (standInState->thread)
#define blockIdx (standInState->block)
#define blockDim (standInState->blockSize)
#define gridDim (standInState->gridSize)
#define __global__
#define __device__
#define __launch_bounds__(n)
#define __syncthreads() standInState->sync()

using std::abs; using std::atan2; using std::copysign; using std::erf; using std::erfc; using std::exp; using std::fabs; using std::floor;
using std::fma; using std::fmax; using std::fmin; using std::fmod; using std::isfinite; using std::isinf; using std::isnan; using std::log; using std::log1p;
using std::pow; using std::sqrt; using std::tanh;

template<class A, class B> static inline typename std::common_type<A, B>::type min(A a, B b) {
  typename std::common_type<A, B>::type x = a, y = b;
  return y < x ? y : x;
}
template<class A, class B> static inline typename std::common_type<A, B>::type max(A a, B b) {
  typename std::common_type<A, B>::type x = a, y = b;
  return x < y ? y : x;
}
template<class To, class From> static inline To bitsOf(From from) { To to; std::memcpy(&to, &from, sizeof to); return to; }
static inline float __int_as_float(int x) { return bitsOf<float>(x); }
static inline float __uint_as_float(unsigned x) { return bitsOf<float>(x); }
static inline int __float_as_int(float x) { return bitsOf<int>(x); }
static inline unsigned __float_as_uint(float x) { return bitsOf<unsigned>(x); }
static inline int __popc(unsigned x) { return __builtin_popcount(x); }
static inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz((unsigned)x); }
static inline size_t __cvta_generic_to_shared(const void* p) { return (size_t)p; }
static inline float2 make_float2(float a, float b) { return {a, b}; }
static inline float4 make_float4(float a, float b, float c, float d) { return {a, b, c, d}; }
static inline uint4 make_uint4(unsigned a, unsigned b, unsigned c, unsigned d) { return {a, b, c, d}; }

// One thread runs at a time.
template<class T> static inline T exchanged(T* p, T value) { T old = *p; *p = value; return old; }
static inline int atomicCAS(int* p, int expected, int value) { return *p == expected ? exchanged(p, value) : *p; }
static inline int atomicExch(int* p, int value) { return exchanged(p, value); }
static inline int atomicAdd(int* p, int value) { return exchanged(p, *p + value); }
static inline int atomicMin(int* p, int value) { return exchanged(p, min(*p, value)); }
static inline int atomicMax(int* p, int value) { return exchanged(p, max(*p, value)); }
static inline int atomicAnd(int* p, int value) { return exchanged(p, *p & value); }
static inline int atomicOr(int* p, int value) { return exchanged(p, *p | value); }
static inline int atomicXor(int* p, int value) { return exchanged(p, *p ^ value); }

// How the stand-in calls a kernel and knows the sizes of its parameters.
template<class... A, size_t... P> static void standInCall(void (*kernel)(A...), void** given, std::index_sequence<P...>) {
  kernel(*(A*)given[P]...);
}
template<class... A> static void standInCall(void (*kernel)(A...), void** given) {
  standInCall(kernel, given, std::index_sequence_for<A...>());
}
template<class... A> static int standInSizes(void (*)(A...), size_t* sizes) {
  size_t all[] = {sizeof(A)..., 0};
  for (size_t i = 0; i < sizeof...(A); i++) sizes[i] = all[i];
  return (int)sizeof...(A);
}
#define STAND_IN_EXPORT(name) \
  extern "C" __attribute__((visibility("default"))) void standInCall_##name(void** given) { standInCall(name, given); } \
  extern "C" __attribute__((visibility("default"))) int standInSizes_##name(size_t* sizes) { return standInSizes(name, sizes); }
