// A stand-in for NVIDIA's driver that runs kernels on the processor, for tests where there is no card. It exports the functions that
// csc binds, and does what their documentation says as strictly as it can: nothing runs before somebody waits for it, memory that is
// not pinned is copied at once, every thread needs the context, arguments and sizes are checked, threads of a block meet at barriers.
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <sys/mman.h>
#include <ucontext.h>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

enum Code {
  OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101, INVALID_IMAGE = 200,
  INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600, ILLEGAL_ADDRESS = 700, LAUNCH_FAILED = 719
};

struct uint3 { unsigned x, y, z; };
struct StandInState { uint3 thread, block, blockSize, gridSize; void (*sync)(); };

struct Stream { std::deque<std::function<int()>> asked; long given = 0, done = 0; };
struct Event { Stream* stream = nullptr; long at = 0; };
struct Module { void* library; StandInState** state; };
struct Kernel { void (*call)(void**); std::vector<size_t> sizes; Module* module; std::string name; };
struct KernelParams { Kernel* kernel; unsigned gx, gy, gz, bx, by, bz, shared; void** arguments; void** extra; void* kern; void* context; };
struct Node { Kernel* kernel; uint3 grid; unsigned items; std::vector<std::vector<char>> values; std::vector<Node*> after; };
struct Graph { std::vector<Node*> nodes; };
struct Exec { Graph* graph; std::vector<Node*> order; std::map<Node*, Node> own; };

static const size_t GUARD = 64;
static std::recursive_mutex lock;
static std::map<std::string, std::pair<int, long>> failures; // function: code, calls before it
static std::map<std::string, long> settings = {{"devices", 1}, {"memory", 4L << 30}, {"capability", 75}, {"driver", 13000}};
static std::map<uintptr_t, size_t> allocated, pinned;
static std::vector<Stream*> streams;
static std::set<Graph*> graphs;
static std::set<Exec*> execs;
static long takenBytes = 0, pageable = 0;
static int broken = OK; // like a card's: after a kernel failed, everything does
static bool initialized = false;
static int context = 0;
static int retained = 0;
static thread_local void* current = nullptr;

static int told(const char* function) {
  if (broken != OK) return broken;
  auto found = failures.find(function);
  if (found == failures.end() || found->second.second-- > 0) return OK;
  int code = found->second.first;
  failures.erase(found);
  return code;
}
#define ENTER(f) std::lock_guard<std::recursive_mutex> held(lock); if (int code_ = told(#f)) return code_;
#define IN_CONTEXT(f) ENTER(f) if (current != &context || retained == 0) return INVALID_CONTEXT;

// ---- told by tests ------------------------------------------------------------------------------------------------

API void standInFail(const char* function, int code, long after) { std::lock_guard<std::recursive_mutex> held(lock); failures[function] = {code, after}; }
API void standInSet(const char* setting, long value) { std::lock_guard<std::recursive_mutex> held(lock); settings[setting] = value; }
API long standInGet(const char* what) {
  std::lock_guard<std::recursive_mutex> held(lock);
  std::string name = what;
  return name == "allocations" ? (long)allocated.size() : name == "pinned" ? (long)pinned.size() : name == "pageable" ? pageable
      : name == "retained" ? retained : name == "streams" ? (long)streams.size()
      : name == "graphs" ? (long)graphs.size() : name == "executables" ? (long)execs.size() : settings[name];
}
API void standInMend() { std::lock_guard<std::recursive_mutex> held(lock); broken = OK; failures.clear(); pageable = 0; }

// ---- threads of a block: each on a stack of its own, one after the other ---------------------------------------------

struct Fiber { ucontext_t context; jmp_buf at; bool made = false, ended = true; };
static const size_t STACK = 256 << 10;
static std::vector<std::unique_ptr<Fiber>> fibers;
static jmp_buf home;
static Fiber* running;
static const Kernel* job;
static void** jobArguments;

static void body() {
  for (;;) {
    job->call(jobArguments);
    running->ended = true;
    if (!_setjmp(running->at)) _longjmp(home, 1);
  }
}

static void sync() { if (!_setjmp(running->at)) _longjmp(home, 1); }

static void resume(Fiber* fiber) {
  running = fiber;
  if (_setjmp(home)) return;
  if (fiber->made) _longjmp(fiber->at, 1);
  getcontext(&fiber->context);
  if (!fiber->context.uc_stack.ss_sp || fiber->context.uc_stack.ss_size != STACK) {
    fiber->context.uc_stack.ss_sp = mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    fiber->context.uc_stack.ss_size = STACK;
  }
  fiber->context.uc_link = nullptr;
  makecontext(&fiber->context, body, 0);
  fiber->made = true;
  setcontext(&fiber->context);
}

// Odd blocks begin with their last thread, so that what only one order makes right is found.
static int block(StandInState& state, unsigned items) {
  for (unsigned t = 0; t < items; t++) fibers[t]->ended = false;
  bool backwards = (state.block.x + state.block.y + state.block.z) & 1;
  for (;;) {
    unsigned ended = 0;
    for (unsigned i = 0; i < items; i++) {
      unsigned t = backwards ? items - 1 - i : i;
      state.thread = {t, 0, 0};
      resume(fibers[t].get());
      ended += fibers[t]->ended;
    }
    if (ended == items) return OK;
    if (ended > 0) {
      fprintf(stderr, "stand-in: %u of %u threads of %s ended while others wait at a barrier\n", ended, items, job->name.c_str());
      for (auto& fiber : fibers) fiber->made = false;
      return LAUNCH_FAILED;
    }
  }
}

static int runKernel(Kernel* kernel, uint3 grid, unsigned items, std::vector<std::vector<char>>& values) {
  std::vector<void*> places;
  for (auto& value : values) places.push_back(value.data());
  while (fibers.size() < items) fibers.push_back(std::make_unique<Fiber>());
  StandInState state = {{0, 0, 0}, {0, 0, 0}, {items, 1, 1}, grid, sync};
  *kernel->module->state = &state;
  job = kernel;
  jobArguments = places.data();
  for (state.block.z = 0; state.block.z < grid.z; state.block.z++)
    for (state.block.y = 0; state.block.y < grid.y; state.block.y++)
      for (state.block.x = 0; state.block.x < grid.x; state.block.x++)
        if (int code = block(state, items)) return code;
  for (auto& memory : allocated) {
    for (size_t i = 0; i < GUARD; i++) {
      if (((unsigned char*)memory.first)[memory.second + i] != 0xA5) {
        fprintf(stderr, "stand-in: %s wrote behind %zu bytes of memory\n", kernel->name.c_str(), memory.second);
        return ILLEGAL_ADDRESS;
      }
    }
  }
  return OK;
}

// ---- the queue --------------------------------------------------------------------------------------------------------

static int step(Stream* stream) {
  auto next = std::move(stream->asked.front());
  stream->asked.pop_front();
  stream->done++;
  if (broken == OK) broken = next();
  return broken;
}
static int runAll(Stream* stream) {
  while (!stream->asked.empty()) step(stream);
  return broken;
}
static int runEverything() {
  for (Stream* stream : streams) runAll(stream);
  return broken;
}
static void ask(Stream* stream, std::function<int()> what) {
  stream->asked.push_back(std::move(what));
  stream->given++;
  if (stream->asked.size() > 4000) while (stream->asked.size() > 2000) step(stream);
}
static bool within(const std::map<uintptr_t, size_t>& known, uintptr_t at, size_t bytes) {
  auto next = known.upper_bound(at);
  if (next == known.begin()) return false;
  --next;
  return at >= next->first && at + bytes <= next->first + next->second;
}

// ---- what the driver exports ------------------------------------------------------------------------------------------

API int cuInit(unsigned flags) { ENTER(cuInit) if (flags != 0) return INVALID_VALUE; initialized = true; return settings["devices"] ? OK : NO_DEVICE; }
API int cuDriverGetVersion(int* version) { ENTER(cuDriverGetVersion) *version = (int)settings["driver"]; return OK; }
API int cuGetErrorName(int code, const char** name) {
  static const std::map<int, const char*> names = {{1, "CUDA_ERROR_INVALID_VALUE"}, {2, "CUDA_ERROR_OUT_OF_MEMORY"}, {100, "CUDA_ERROR_NO_DEVICE"},
      {200, "CUDA_ERROR_INVALID_IMAGE"}, {201, "CUDA_ERROR_INVALID_CONTEXT"}, {400, "CUDA_ERROR_INVALID_HANDLE"}, {500, "CUDA_ERROR_NOT_FOUND"},
      {700, "CUDA_ERROR_ILLEGAL_ADDRESS"}, {719, "CUDA_ERROR_LAUNCH_FAILED"}, {803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"}};
  auto found = names.find(code);
  *name = found == names.end() ? nullptr : found->second;
  return found == names.end() ? INVALID_VALUE : OK;
}
API int cuGetErrorString(int code, const char** text) {
  const char* name;
  if (cuGetErrorName(code, &name)) return INVALID_VALUE;
  *text = "as the stand-in was told";
  return OK;
}
API int cuDeviceGetCount(int* count) { ENTER(cuDeviceGetCount) if (!initialized) return NOT_INITIALIZED; *count = (int)settings["devices"]; return OK; }
API int cuDeviceGet(int* device, int ordinal) { ENTER(cuDeviceGet) if (ordinal >= settings["devices"]) return INVALID_DEVICE; *device = ordinal; return OK; }
API int cuDeviceGetName(char* name, int length, int device) { ENTER(cuDeviceGetName) snprintf(name, length, "Stand-in %d", device); return OK; }
API int cuDeviceTotalMem_v2(size_t* bytes, int) { ENTER(cuDeviceTotalMem_v2) *bytes = settings["memory"]; return OK; }
API int cuDeviceGetAttribute(int* value, int attribute, int) {
  ENTER(cuDeviceGetAttribute)
  switch (attribute) {
    case 1: *value = 1024; return OK;
    case 8: *value = 48 << 10; return OK;
    case 16: *value = 4; return OK;
    case 75: *value = (int)settings["capability"] / 10; return OK;
    case 76: *value = (int)settings["capability"] % 10; return OK;
    default: return INVALID_VALUE;
  }
}
API int cuDevicePrimaryCtxRetain(void** made, int) { ENTER(cuDevicePrimaryCtxRetain) retained++; *made = &context; return OK; }
API int cuDevicePrimaryCtxRelease_v2(int) { ENTER(cuDevicePrimaryCtxRelease_v2) if (retained == 0) return INVALID_CONTEXT; retained--; return OK; }
API int cuCtxSetCurrent(void* wanted) { ENTER(cuCtxSetCurrent) current = wanted; return OK; }

API int cuStreamCreate(void** made, unsigned) { IN_CONTEXT(cuStreamCreate) Stream* stream = new Stream(); streams.push_back(stream); *made = stream; return OK; }
API int cuStreamDestroy_v2(void* given) {
  IN_CONTEXT(cuStreamDestroy_v2)
  Stream* stream = (Stream*)given;
  runAll(stream);
  for (size_t i = 0; i < streams.size(); i++) if (streams[i] == stream) streams.erase(streams.begin() + i);
  delete stream;
  return OK;
}
API int cuStreamSynchronize(void* given) { IN_CONTEXT(cuStreamSynchronize) return runAll((Stream*)given); }
API int cuEventCreate(void** made, unsigned) { IN_CONTEXT(cuEventCreate) *made = new Event(); return OK; }
API int cuEventDestroy_v2(void* event) { IN_CONTEXT(cuEventDestroy_v2) delete (Event*)event; return OK; }
API int cuEventRecord(void* given, void* stream) {
  IN_CONTEXT(cuEventRecord)
  Event* event = (Event*)given;
  event->stream = (Stream*)stream;
  event->at = event->stream->given;
  return OK;
}
// Somebody who asks again and again sees progress, and not at once.
API int cuEventQuery(void* given) {
  IN_CONTEXT(cuEventQuery)
  Event* event = (Event*)given;
  for (int i = 0; i < 4 && event->stream && event->stream->done < event->at; i++) step(event->stream);
  return !event->stream || event->stream->done >= event->at ? broken : NOT_READY;
}
API int cuEventSynchronize(void* given) {
  IN_CONTEXT(cuEventSynchronize)
  Event* event = (Event*)given;
  while (event->stream && event->stream->done < event->at) step(event->stream);
  return broken;
}

API int cuMemAlloc_v2(uintptr_t* made, size_t bytes) {
  IN_CONTEXT(cuMemAlloc_v2)
  if (bytes == 0) return INVALID_VALUE;
  if (takenBytes + (long)bytes > settings["memory"]) return OUT_OF_MEMORY;
  size_t all = (bytes + GUARD + 255) / 256 * 256;
  char* memory = (char*)aligned_alloc(256, all);
  if (!memory) return OUT_OF_MEMORY;
  memset(memory, 0xFF, bytes);
  memset(memory + bytes, 0xA5, all - bytes);
  takenBytes += bytes;
  allocated[(uintptr_t)memory] = bytes;
  *made = (uintptr_t)memory;
  return OK;
}
API int cuMemFree_v2(uintptr_t memory) {
  IN_CONTEXT(cuMemFree_v2)
  auto found = allocated.find(memory);
  if (found == allocated.end()) return INVALID_VALUE;
  runEverything();
  takenBytes -= found->second;
  allocated.erase(found);
  free((void*)memory);
  return OK;
}
API int cuMemHostAlloc(void** made, size_t bytes, unsigned) {
  IN_CONTEXT(cuMemHostAlloc)
  *made = malloc(bytes);
  pinned[(uintptr_t)*made] = bytes;
  return OK;
}
API int cuMemFreeHost(void* memory) {
  IN_CONTEXT(cuMemFreeHost)
  if (!pinned.erase((uintptr_t)memory)) return INVALID_VALUE;
  runEverything();
  free(memory);
  return OK;
}
static int copy(Stream* stream, void* to, const void* from, size_t bytes, bool later) {
  if (!later) {
    pageable++;
    if (int code = runAll(stream)) return code;
    memcpy(to, from, bytes);
    return OK;
  }
  ask(stream, [=] { memcpy(to, from, bytes); return OK; });
  return OK;
}
API int cuMemcpyHtoDAsync_v2(uintptr_t to, const void* from, size_t bytes, void* stream) {
  IN_CONTEXT(cuMemcpyHtoDAsync_v2)
  if (!within(allocated, to, bytes)) return INVALID_VALUE;
  return copy((Stream*)stream, (void*)to, from, bytes, within(pinned, (uintptr_t)from, bytes));
}
API int cuMemcpyDtoHAsync_v2(void* to, uintptr_t from, size_t bytes, void* stream) {
  IN_CONTEXT(cuMemcpyDtoHAsync_v2)
  if (!within(allocated, from, bytes)) return INVALID_VALUE;
  return copy((Stream*)stream, to, (const void*)from, bytes, within(pinned, (uintptr_t)to, bytes));
}
API int cuMemsetD32Async(uintptr_t to, unsigned value, size_t count, void* stream) {
  IN_CONTEXT(cuMemsetD32Async)
  if (!within(allocated, to, 4 * count)) return INVALID_VALUE;
  ask((Stream*)stream, [=] { for (size_t i = 0; i < count; i++) ((unsigned*)to)[i] = value; return OK; });
  return OK;
}

// An image is a line that says so and the file of a library.
API int cuModuleLoadData(void** made, const void* image) {
  IN_CONTEXT(cuModuleLoadData)
  const char* text = (const char*)image;
  if (strncmp(text, "stand-in\n", 9)) return INVALID_IMAGE;
  std::string file(text + 9, strcspn(text + 9, "\n"));
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!library) return INVALID_IMAGE;
  *made = new Module{library, (StandInState**)dlsym(library, "standInState")};
  return OK;
}
API int cuModuleUnload(void* module) { IN_CONTEXT(cuModuleUnload) runEverything(); delete (Module*)module; return OK; }
API int cuModuleGetFunction(void** made, void* given, const char* name) {
  IN_CONTEXT(cuModuleGetFunction)
  Module* module = (Module*)given;
  auto call = (void (*)(void**))dlsym(module->library, (std::string("standInCall_") + name).c_str());
  auto sizes = (int (*)(size_t*))dlsym(module->library, (std::string("standInSizes_") + name).c_str());
  if (!call || !sizes) return NOT_FOUND;
  std::vector<size_t> all(256);
  all.resize(sizes(all.data()));
  *made = new Kernel{call, all, module, name};
  return OK;
}
API int cuFuncGetParamInfo(void* given, size_t index, size_t* offset, size_t* size) {
  IN_CONTEXT(cuFuncGetParamInfo)
  Kernel* kernel = (Kernel*)given;
  if (index >= kernel->sizes.size()) return INVALID_VALUE;
  *offset = 0;
  for (size_t i = 0; i <= index; i++) {
    *offset = (*offset + kernel->sizes[i] - 1) / kernel->sizes[i] * kernel->sizes[i];
    if (i < index) *offset += kernel->sizes[i];
  }
  *size = kernel->sizes[index];
  return OK;
}
API int cuLaunchKernel(void* given, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void* stream, void** arguments, void** extra) {
  IN_CONTEXT(cuLaunchKernel)
  Kernel* kernel = (Kernel*)given;
  if (gx == 0 || gy == 0 || gz == 0 || gx > 0x7fffffff || gy > 65535 || gz > 65535 || bx == 0 || bx > 1024 || by != 1 || bz != 1) return INVALID_VALUE;
  if (shared != 0 || extra) return INVALID_VALUE;
  std::vector<std::vector<char>> values;
  for (size_t i = 0; i < kernel->sizes.size(); i++) values.emplace_back((char*)arguments[i], (char*)arguments[i] + kernel->sizes[i]);
  ask((Stream*)stream, [=]() mutable { return runKernel(kernel, {gx, gy, gz}, bx, values); });
  return OK;
}

// ---- graphs -----------------------------------------------------------------------------------------------------------

static int readParams(Node& node, const KernelParams* p) {
  if (!p || !p->kernel || p->kern || (p->context && p->context != &context) || p->shared != 0 || p->extra || !p->arguments) return INVALID_VALUE;
  if (p->gx == 0 || p->gy == 0 || p->gz == 0 || p->gx > 0x7fffffff || p->gy > 65535 || p->gz > 65535) return INVALID_VALUE;
  if (p->bx == 0 || p->bx > 1024 || p->by != 1 || p->bz != 1) return INVALID_VALUE;
  node.kernel = p->kernel;
  node.grid = {p->gx, p->gy, p->gz};
  node.items = p->bx;
  node.values.clear();
  for (size_t i = 0; i < p->kernel->sizes.size(); i++) node.values.emplace_back((char*)p->arguments[i], (char*)p->arguments[i] + p->kernel->sizes[i]);
  return OK;
}
static bool has(Graph* graph, Node* node) {
  for (Node* one : graph->nodes) if (one == node) return true;
  return false;
}
API int cuGraphCreate(Graph** made, unsigned flags) {
  IN_CONTEXT(cuGraphCreate)
  if (flags != 0) return INVALID_VALUE;
  graphs.insert(*made = new Graph());
  return OK;
}
API int cuGraphAddKernelNode_v2(Node** made, Graph* graph, Node* const* after, size_t count, const KernelParams* params) {
  IN_CONTEXT(cuGraphAddKernelNode_v2)
  if (!graphs.count(graph) || (count > 0 && !after)) return INVALID_VALUE;
  Node node;
  for (size_t i = 0; i < count; i++) {
    if (!has(graph, after[i])) return INVALID_VALUE;
    node.after.push_back(after[i]);
  }
  if (int code = readParams(node, params)) return code;
  graph->nodes.push_back(*made = new Node(node));
  return OK;
}
// What may run in any order runs backwards, so that a dependency that is missing is found.
API int cuGraphInstantiateWithFlags(Exec** made, Graph* graph, unsigned long long flags) {
  IN_CONTEXT(cuGraphInstantiateWithFlags)
  if (!graphs.count(graph) || flags != 0) return INVALID_VALUE;
  Exec* exec = new Exec{graph, {}, {}};
  std::set<Node*> done;
  while (done.size() < graph->nodes.size()) {
    for (size_t i = graph->nodes.size(); i-- > 0;) {
      Node* node = graph->nodes[i];
      bool ready = !done.count(node);
      for (Node* before : node->after) ready = ready && done.count(before);
      if (ready) { exec->order.push_back(node); exec->own[node] = *node; done.insert(node); break; }
    }
  }
  execs.insert(*made = exec);
  return OK;
}
// The graph that it was made of has to be there still, and a node keeps its kernel.
API int cuGraphExecKernelNodeSetParams_v2(Exec* exec, Node* node, const KernelParams* params) {
  IN_CONTEXT(cuGraphExecKernelNodeSetParams_v2)
  if (!execs.count(exec) || !graphs.count(exec->graph) || !has(exec->graph, node) || !exec->own.count(node)) return INVALID_VALUE;
  Node renewed;
  if (int code = readParams(renewed, params)) return code;
  if (renewed.kernel != exec->own[node].kernel) return INVALID_VALUE;
  exec->own[node] = renewed;
  return OK;
}
// What was launched keeps the parameters of then.
API int cuGraphLaunch(Exec* exec, void* stream) {
  IN_CONTEXT(cuGraphLaunch)
  if (!execs.count(exec)) return INVALID_VALUE;
  std::vector<Node> nodes;
  for (Node* node : exec->order) nodes.push_back(exec->own[node]);
  ask((Stream*)stream, [=]() mutable {
    for (Node& node : nodes) if (int code = runKernel(node.kernel, node.grid, node.items, node.values)) return code;
    return (int)OK;
  });
  return OK;
}
API int cuGraphExecDestroy(Exec* exec) { IN_CONTEXT(cuGraphExecDestroy) if (!execs.erase(exec)) return INVALID_VALUE; delete exec; return OK; }
API int cuGraphDestroy(Graph* graph) {
  IN_CONTEXT(cuGraphDestroy)
  if (!graphs.erase(graph)) return INVALID_VALUE;
  for (Node* node : graph->nodes) delete node;
  delete graph;
  return OK;
}
