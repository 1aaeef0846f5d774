# For find_package(edgeconv): the targets edgeconv::shared and edgeconv::static.
get_filename_component(edgeconv_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_package(Threads REQUIRED)
if(NOT TARGET edgeconv::static)
    add_library(edgeconv::shared SHARED IMPORTED)
    set_target_properties(edgeconv::shared PROPERTIES IMPORTED_LOCATION "${edgeconv_prefix}/lib/libedgeconv.so")
    add_library(edgeconv::static STATIC IMPORTED)
    set_target_properties(edgeconv::static PROPERTIES
        IMPORTED_LOCATION "${edgeconv_prefix}/lib/libedgeconv.a"
        INTERFACE_LINK_OPTIONS -Wl,-z,noexecstack
        INTERFACE_LINK_LIBRARIES "Threads::Threads;${CMAKE_DL_LIBS};m")
    foreach(library shared static)
        set_target_properties(edgeconv::${library} PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${edgeconv_prefix}/include")
    endforeach()
endif()
