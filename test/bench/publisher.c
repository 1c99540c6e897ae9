/* A publisher at the speed of C: pre-encoded bodies, numbered headers, snapshot requests answered, no loss (a full
 * queue blocks). Usage: publisher <bodies file> <batch> <messages> <per second, 0 = all> [secret key in Z85].
 * Bodies file: 4-byte little-endian length and that many bytes, again and again. Prints "<events> <request>" when
 * bound, waits for the first request, publishes, then beats until it is killed. The ABI of libzmq is declared here so
 * that no header package is needed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern void *zmq_ctx_new(void);
extern void *zmq_socket(void *, int);
extern int zmq_bind(void *, const char *);
extern int zmq_setsockopt(void *, int, const void *, size_t);
extern int zmq_getsockopt(void *, int, void *, size_t *);
extern int zmq_send(void *, const void *, size_t, int);
extern int zmq_recv(void *, void *, size_t, int);
enum { PUB = 1, ROUTER = 6, RCVMORE = 13, SNDHWM = 23, LAST_ENDPOINT = 32, CURVE_SERVER = 47, CURVE_SECRETKEY = 49, NODROP = 69, DONTWAIT = 1, SNDMORE = 2 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static void rest(long us) {
  struct timespec t = {us / 1000000, (us % 1000000) * 1000};
  nanosleep(&t, NULL);
}
static void *open_socket(void *ctx, int type, const char *secret) {
  void *s = zmq_socket(ctx, type);
  int yes = 1, hwm = 2000;
  zmq_setsockopt(s, SNDHWM, &hwm, sizeof hwm);
  if (type == PUB) zmq_setsockopt(s, NODROP, &yes, sizeof yes);
  if (secret) {
    zmq_setsockopt(s, CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(s, CURVE_SECRETKEY, secret, strlen(secret) + 1);
  }
  zmq_bind(s, "tcp://127.0.0.1:*");
  return s;
}
static unsigned long long seq = 0;
/* Answers one request if there is one: a snapshot with its end, anything else with an empty end. */
static int answer(void *router) {
  char part[4][512];
  int size[4] = {0}, more = 1, n = 0;
  size_t len = sizeof more;
  int got = zmq_recv(router, part[0], 512, DONTWAIT);
  if (got < 0) return 0;
  size[n++] = got;
  for (zmq_getsockopt(router, RCVMORE, &more, &len); more && n < 4; zmq_getsockopt(router, RCVMORE, &more, &len)) {
    got = zmq_recv(router, part[n], 512, 0);
    size[n++] = got < 512 ? got : 512;
  }
  char end[128];
  int m = snprintf(end, sizeof end, "{\"epoch\":\"bench\",\"seq\":%llu}", seq);
  zmq_send(router, part[0], size[0], SNDMORE);
  zmq_send(router, part[1], size[1], SNDMORE);
  zmq_send(router, "end", 3, SNDMORE);
  zmq_send(router, end, m, 0);
  return 1;
}
int main(int argc, char **argv) {
  if (argc < 5) return 2;
  FILE *f = fopen(argv[1], "rb");
  if (!f) return 1;
  static char *body[65536];
  static uint32_t length[65536];
  int bodies = 0;
  for (uint32_t l; bodies < 65536 && fread(&l, 4, 1, f) == 1; bodies++) {
    body[bodies] = malloc(l);
    length[bodies] = l;
    if (fread(body[bodies], 1, l, f) != l) return 1;
  }
  int batch = atoi(argv[2]);
  long messages = atol(argv[3]);
  double rate = atof(argv[4]);
  void *ctx = zmq_ctx_new();
  void *pub = open_socket(ctx, PUB, argc > 5 ? argv[5] : NULL);
  void *router = open_socket(ctx, ROUTER, argc > 5 ? argv[5] : NULL);
  char a[128], b[128];
  size_t la = sizeof a, lb = sizeof b;
  zmq_getsockopt(pub, LAST_ENDPOINT, a, &la);
  zmq_getsockopt(router, LAST_ENDPOINT, b, &lb);
  printf("%s %s\n", a, b);
  fflush(stdout);
  while (!answer(router)) rest(1000);
  rest(300000);
  char head[160];
  double begun = now(), beat = 0;
  for (long i = 0;; i++) {
    if (i >= messages || now() - beat > 1000) {
      answer(router);
      if (now() - beat > 1000) {
        beat = now();
        int m = snprintf(head, sizeof head, "{\"v\":1,\"epoch\":\"bench\",\"seq\":%llu,\"n\":0,\"ts\":%.0f}", seq, beat);
        zmq_send(pub, "fire-iot.hb", 11, SNDMORE);
        zmq_send(pub, head, m, 0);
      }
    }
    if (i >= messages) {
      rest(10000);
      continue;
    }
    if (rate > 0 && seq / rate * 1000 > now() - begun) {
      i--;
      rest(500);
      continue;
    }
    int m = snprintf(head, sizeof head, "{\"v\":1,\"epoch\":\"bench\",\"seq\":%llu,\"n\":%d,\"ts\":%.0f}", seq + 1, batch, now());
    zmq_send(pub, "fire-iot.reading", 16, SNDMORE);
    zmq_send(pub, head, m, SNDMORE);
    zmq_send(pub, body[i % bodies], length[i % bodies], 0);
    seq += batch;
  }
}
