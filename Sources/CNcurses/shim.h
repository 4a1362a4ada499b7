#pragma once
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <ncurses.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// wchar.h hides this one unless X/Open is asked for before any other header.
extern int wcwidth(wchar_t);

/// Columns the C library gives a scalar in the current locale; -1 when it cannot print it.
static inline int cncurses_wcwidth(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

/// Attributes as one word; Swift does not import A_BOLD and its kin, which are computed macros.
static inline unsigned int cncurses_attributes(int bold, int dim, int underline, int reverse) {
  return (bold ? A_BOLD : 0) | (dim ? A_DIM : 0) | (underline ? A_UNDERLINE : 0) | (reverse ? A_REVERSE : 0);
}

/// Puts one letter with its marks; cchar_t cannot be filled from Swift. Never moves the cursor.
static inline void cncurses_put(int row, int column, const wchar_t *letter, unsigned int attributes, short pair) {
  cchar_t cell;
  if (setcchar(&cell, letter, attributes, pair, NULL) == OK) mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

/// Swift refuses stdscr, LINES, COLS and COLORS as shared mutable state.
static inline WINDOW *cncurses_screen(void) { return stdscr; }
static inline int cncurses_rows(void) { return LINES; }
static inline int cncurses_columns(void) { return COLS; }
static inline int cncurses_colors(void) { return COLORS; }
static inline int cncurses_pairs(void) { return COLOR_PAIRS; }

/// tigetstr answers (char *)-1 for a name that is no string capability, which Swift cannot compare.
static inline const char *cncurses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

/// ioctl is variadic. Both give 0 when it worked.
static inline int cncurses_window_size(int fd, int *rows, int *columns) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  return (*rows = size.ws_row, *columns = size.ws_col, 0);
}
static inline int cncurses_pending(int fd, int *bytes) { return ioctl(fd, FIONREAD, bytes); }

// What signal handlers need, inside a function because Swift emits no statics of a header that stand alone. There is one copy per
// object file that uses it, so only TerminalGuard.swift calls what follows.
typedef struct {
  struct termios saved;
  struct sigaction old[65]; // One for each signal number.
  volatile sig_atomic_t armed, last, tty, pipe;
  char stack[65536]; // For handlers when the thread's own is used up.
} cncurses_guard;
static inline cncurses_guard *cncurses_state(void) {
  static cncurses_guard state;
  return &state;
}

/// Gives the terminal back, once: modes off by a constant string, then termios. Async-signal-safe (reference/terminal.md §3.1).
static inline void cncurses_guard_restore(void) {
  static const char off[] =
      "\033[?2026l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[?1004l"
      "\033[?1l\033>\017\033(B\033[0m\033[?25h\033[r\033[?1049l\r";
  if (!__atomic_exchange_n(&cncurses_state()->armed, 0, __ATOMIC_SEQ_CST)) return;
  signal(SIGTTOU, SIG_IGN);
  ssize_t written __attribute__((unused)) = write(cncurses_state()->tty, off, sizeof off - 1);
  tcsetattr(cncurses_state()->tty, TCSANOW, &cncurses_state()->saved);
}

/// Restores, then lets the handler that was there before see the same signal, so that parents and core files tell the true cause.
static inline void cncurses_on_fatal(int number) {
  cncurses_guard_restore();
  sigaction(number, &cncurses_state()->old[number], NULL);
  raise(number);
}

/// Hands the signal to the loop; if the loop does not answer in 2 seconds, the alarm ends the process.
static inline void cncurses_on_request(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written __attribute__((unused)) = write(cncurses_state()->pipe, &byte, 1);
  if (number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT) {
    cncurses_state()->last = number;
    alarm(2);
  }
  errno = error;
}

static inline void cncurses_on_alarm(int number __attribute__((unused))) {
  cncurses_guard_restore();
  signal(cncurses_state()->last, SIG_DFL);
  raise(cncurses_state()->last);
}

static inline void cncurses_guard_catch(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigaction(number, &action, &cncurses_state()->old[number]);
}

/// Saves termios and takes the signals; -1 when the descriptor is no terminal.
static inline int cncurses_guard_install(int tty, int pipe) {
  if (tcgetattr(tty, &cncurses_state()->saved) != 0) return -1;
  cncurses_state()->tty = tty;
  cncurses_state()->pipe = pipe;
  sigaltstack(&(stack_t){.ss_sp = cncurses_state()->stack, .ss_size = sizeof cncurses_state()->stack}, NULL);
  for (const char *fatal = (char[]){SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, 0}; *fatal; fatal++)
    cncurses_guard_catch(*fatal, cncurses_on_fatal, SA_ONSTACK);
  for (const char *request = (char[]){SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, 0}; *request; request++)
    cncurses_guard_catch(*request, cncurses_on_request, SA_RESTART);
  cncurses_guard_catch(SIGALRM, cncurses_on_alarm, 0);
  cncurses_guard_catch(SIGPIPE, SIG_IGN, 0);
  return 0;
}
static inline void cncurses_guard_arm(int on) { cncurses_state()->armed = on; }
/// Puts back what handled a signal before.
static inline void cncurses_guard_release(int number) { sigaction(number, &cncurses_state()->old[number], NULL); }
static inline void cncurses_guard_take(int number) { cncurses_guard_catch(number, cncurses_on_request, SA_RESTART); }
