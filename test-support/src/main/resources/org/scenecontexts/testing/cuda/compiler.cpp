// A stand-in for NVRTC, for tests where there is no card: kernels become libraries of the processor, by g++, kept by what they are made of.
// Of each source it leaves what a real compiler can be given: the text behind a line with its options, as new as the last who asked for it.
#include <atomic>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

enum Result { SUCCESS = 0, INVALID_INPUT = 3, INVALID_OPTION = 5, COMPILATION = 6 };
struct Program { std::string source, name, log, image; };

static std::string text(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}
// A process that nobody tells anything finds both in its environment.
static std::string variable(const char* name) { const char* value = getenv(name); return value ? value : ""; }
static std::mutex settingsLock;
static std::string folder = variable("CSC_STAND_IN"), header = text(folder + "/emulation.h");
static std::vector<int> architectures = {75, 80, 90};
static std::atomic<int> temporary{0};

API void standInFolder(const char* where, const char* emulation) { std::lock_guard<std::mutex> held(settingsLock); folder = where; header = emulation; }
API void standInArchitectures(int count, const int* values) { std::lock_guard<std::mutex> held(settingsLock); architectures.assign(values, values + count); }

static void write(const std::string& file, const std::string& what) {
  std::string own = file + "." + std::to_string(getpid()) + "-" + std::to_string(temporary++);
  std::ofstream(own, std::ios::binary) << what;
  rename(own.c_str(), file.c_str());
}
static bool exists(const std::string& file) { struct stat found; return stat(file.c_str(), &found) == 0; }
static std::string hashed(const std::string& what) {
  uint64_t a = 14695981039346656037ULL, b = 1099511628211ULL;
  for (unsigned char c : what) { a = (a ^ c) * 1099511628211ULL; b = (b + c) * 6364136223846793005ULL + 1442695040888963407ULL; }
  char name[40];
  snprintf(name, sizeof name, "%016llx%016llx", (unsigned long long)a, (unsigned long long)b);
  return name;
}
static int run(const std::string& command, std::string& said) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return -1;
  char part[4096];
  size_t read;
  while ((read = fread(part, 1, sizeof part, pipe)) > 0) said.append(part, read);
  return pclose(pipe);
}
static void replaceAll(std::string& in, const std::string& what, const std::string& by) {
  for (size_t at = 0; (at = in.find(what, at)) != std::string::npos; at += by.size()) in.replace(at, what.size(), by);
}
// Names behind __global__ void __launch_bounds__(...).
static std::vector<std::string> kernels(const std::string& source) {
  std::vector<std::string> names;
  const std::string bounds = "__launch_bounds__";
  for (size_t at = 0; (at = source.find(bounds, at)) != std::string::npos;) {
    at += bounds.size();
    int depth = 0;
    do {
      depth += source[at] == '(' ? 1 : source[at] == ')' ? -1 : 0;
      at++;
    } while (depth > 0 || isspace(source[at]));
    size_t end = at;
    while (isalnum(source[end]) || source[end] == '_') end++;
    names.push_back(source.substr(at, end - at));
  }
  return names;
}

// What stands in front of every kernel, as g++ reads it fastest: most of the time would go into it. The same options must follow.
static int prepared(const std::string& options, std::string& where, std::string& said) {
  where = folder + "/emulation-" + hashed(options + header) + ".h";
  if (exists(where + ".gch")) return SUCCESS;
  std::string own = where + "." + std::to_string(getpid()) + "-" + std::to_string(temporary++) + ".gch";
  write(where, header);
  if (run("g++ " + options + " -x c++-header '" + where + "' -o '" + own + "'", said)) return COMPILATION;
  rename(own.c_str(), (where + ".gch").c_str());
  return SUCCESS;
}

static int build(Program* program, const std::string& options, const std::string& base) {
  std::string flags = "-std=c++17 -O1 -w -fPIC -fvisibility=hidden -fno-strict-aliasing -ffp-contract=";
  flags += options.find("--fmad=false") == std::string::npos ? "fast" : "off";
  std::string front;
  if (prepared(flags, front, program->log)) return COMPILATION;
  std::string own = base + "." + std::to_string(getpid()) + "-" + std::to_string(temporary++), plain;
  std::ofstream(own + ".cpp", std::ios::binary) << program->source;
  if (run("g++ -E -w -x c++ '" + own + ".cpp' -o '" + own + ".ii'", program->log)) return COMPILATION;
  plain = text(own + ".ii");
  std::vector<std::string> names = kernels(plain);
  replaceAll(plain, "__shared__", "static");
  std::string all = plain + "\n";
  for (const std::string& name : names) all += "STAND_IN_EXPORT(" + name + ")\n";
  std::ofstream(own + ".cpp", std::ios::binary) << all;
  int code = run("g++ " + flags + " -shared -include '" + front + "' '" + own + ".cpp' -o '" + own + ".so'", program->log);
  if (code == 0) rename((own + ".so").c_str(), (base + ".so").c_str());
  for (const char* ending : {".cpp", ".ii"}) unlink((own + ending).c_str());
  return code == 0 ? SUCCESS : COMPILATION;
}

API int nvrtcVersion(int* major, int* minor) { *major = 13; *minor = 0; return SUCCESS; }
API const char* nvrtcGetErrorString(int code) { return code == COMPILATION ? "NVRTC_ERROR_COMPILATION" : code == INVALID_OPTION ? "NVRTC_ERROR_INVALID_OPTION" : "NVRTC_ERROR"; }
API int nvrtcGetNumSupportedArchs(int* count) { std::lock_guard<std::mutex> held(settingsLock); *count = (int)architectures.size(); return SUCCESS; }
API int nvrtcGetSupportedArchs(int* values) {
  std::lock_guard<std::mutex> held(settingsLock);
  memcpy(values, architectures.data(), architectures.size() * sizeof(int));
  return SUCCESS;
}
API int nvrtcCreateProgram(void** made, const char* source, const char* name, int headers, const char* const*, const char* const*) {
  if (headers != 0) return INVALID_INPUT;
  *made = new Program{source, name, "", ""};
  return SUCCESS;
}
API int nvrtcDestroyProgram(void** program) { delete (Program*)*program; *program = nullptr; return SUCCESS; }
API int nvrtcCompileProgram(void* given, int count, const char* const* given_options) {
  Program* program = (Program*)given;
  std::string options;
  for (int i = 0; i < count; i++) {
    if (strncmp(given_options[i], "--gpu-architecture=", 19) && strncmp(given_options[i], "--std=", 6) && strcmp(given_options[i], "--fmad=false")) return INVALID_OPTION;
    options += std::string(i ? " " : "") + given_options[i];
  }
  std::string base;
  {
    std::lock_guard<std::mutex> held(settingsLock);
    base = folder + "/" + hashed(options + "\n" + program->source + "\n" + header);
  }
  if (!exists(base + ".so")) {
    if (int code = build(program, options, base)) return code;
  }
  if (exists(base + ".cu")) utime((base + ".cu").c_str(), nullptr); else write(base + ".cu", "// " + program->name + " " + options + "\n" + program->source);
  program->image = "stand-in\n" + base + ".so\n";
  return SUCCESS;
}
API int nvrtcGetProgramLogSize(void* program, size_t* size) { *size = ((Program*)program)->log.size() + 1; return SUCCESS; }
API int nvrtcGetProgramLog(void* program, char* log) { strcpy(log, ((Program*)program)->log.c_str()); return SUCCESS; }
API int nvrtcGetCUBINSize(void* program, size_t* size) { *size = ((Program*)program)->image.size(); return SUCCESS; }
API int nvrtcGetCUBIN(void* program, char* image) { memcpy(image, ((Program*)program)->image.data(), ((Program*)program)->image.size()); return SUCCESS; }
API int nvrtcGetPTXSize(void* program, size_t* size) { *size = ((Program*)program)->image.size() + 1; return SUCCESS; }
API int nvrtcGetPTX(void* program, char* image) { strcpy(image, ((Program*)program)->image.c_str()); return SUCCESS; }
