// Operands of matrix.cl: rounded, put into words, and filled up with zeros to whole tiles.

// x: [rows, channels], of bfloat16 too; out: [rows, words]
KERNEL roundRows(const int n, const int channels, const int words, P(x), B(out)) {
  AT_P(x) AT(out) EACH(n)
  const int c = i % words * PER_WORD;
  ((__global uint*)out)[i] = WORD_OF(x, (size_t)(i / words) * channels + c, 1, channels - c);
}

// w: [slices, cin, cout], transposed [slices, cout, cin]; out: [slices, words of cin, wide]
KERNEL roundWeights(const int n, const int cin, const int cout, const int words, const int wide, const int transposed, B(w), B(out)) {
  AT(w) AT(out) EACH(n)
  const int slice = i / (words * wide), c = i / wide % words * PER_WORD, o = i % wide;
  __global const float* from = w + (size_t)slice * cin * cout + (transposed ? (size_t)o * cin + c : (size_t)c * cout + o);
  ((__global uint*)out)[i] = wordOf(from, transposed ? 1 : cout, o < cout ? cin - c : 0);
}
