/* What the shared library shows, and what callers must not ignore. */
#ifndef STAGEPOLICY_EXPORT_H
#define STAGEPOLICY_EXPORT_H

/** Marks a declaration as part of the public ABI; everything else is hidden. */
#if defined(_WIN32)
#define SP_API
#else
#define SP_API __attribute__((visibility("default")))
#endif

/** Marks a result that the caller owns or must look at. */
#if defined(__GNUC__) || defined(__clang__)
#define SP_NODISCARD __attribute__((warn_unused_result))
#else
#define SP_NODISCARD
#endif

#endif
