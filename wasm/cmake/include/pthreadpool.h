/* The one declaration that XNNPACK's headers need of pthreadpool. */
#pragma once

typedef struct pthreadpool* pthreadpool_t;
