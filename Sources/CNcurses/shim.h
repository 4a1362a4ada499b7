#pragma once
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <wchar.h>

// wchar.h hides this one unless X/Open is asked for before any other header.
extern int wcwidth(wchar_t);

/// Columns the C library gives a scalar in the current locale; -1 when it cannot print it.
static inline int cncurses_wcwidth(unsigned int scalar) { return wcwidth((wchar_t)scalar); }
